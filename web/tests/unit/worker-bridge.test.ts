import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registerWorker } from '../../src/bridge/sw-bridge';
import { skipWaiting } from '../../src/shared/bridge';

class FakeWorker extends EventTarget {
  readonly told: unknown[] = [];
  state = 'installing';

  postMessage(message: unknown): void {
    this.told.push(message);
  }

  become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  update = () => Promise.resolve();

  /** The browser found another version of the worker. */
  find(): FakeWorker {
    this.installing = new FakeWorker();
    this.dispatchEvent(new Event('updatefound'));
    return this.installing;
  }
}

class FakeContainer extends EventTarget {
  controller: object | null = {};
  readonly registration = new FakeRegistration();
  register = () => Promise.resolve(this.registration);
}

let container: FakeContainer;
let updates: (() => void)[];
let offlineReady: number;
let reloads: number;

beforeEach(() => {
  container = new FakeContainer();
  updates = [];
  offlineReady = 0;
  reloads = 0;
  vi.stubGlobal('navigator', { serviceWorker: container });
  vi.stubGlobal('self', { setInterval: () => 0 });
});

afterEach(() => vi.unstubAllGlobals());

const register = () =>
  registerWorker(
    { onOfflineReady: () => offlineReady++, onUpdate: (apply) => updates.push(apply) },
    () => reloads++,
  );
const takeOver = () => container.dispatchEvent(new Event('controllerchange'));

describe('a new version', () => {
  it('waits until the person agrees, and only then reloads', async () => {
    await register();
    const worker = container.registration.find();
    worker.become('installed');
    expect([updates.length, reloads, worker.told]).toEqual([1, 0, []]);
    updates[0]!();
    expect([reloads, worker.told]).toEqual([0, [skipWaiting]]);
    takeOver();
    expect(reloads).toBe(1);
  });

  it('that waits since the last visit is offered at once', async () => {
    container.registration.waiting = new FakeWorker();
    await register();
    expect(updates).toHaveLength(1);
  });

  it('that another tab agreed to reloads nobody here', async () => {
    await register();
    takeOver();
    expect([reloads, updates.length]).toEqual([0, 1]);
    updates[0]!();
    expect(reloads).toBe(1);
  });
});

describe('the first version', () => {
  it('is no update: the page says that it works offline now', async () => {
    container.controller = null;
    await register();
    container.registration.find().become('installed');
    takeOver();
    expect([offlineReady, updates.length, reloads]).toEqual([1, 0, 0]);
  });
});
