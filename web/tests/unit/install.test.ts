import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { offerInstallation } from '../../src/reader/install';
import type { Notice } from '../../src/reader/ui/notices';

let browser: EventTarget;
let memory: Map<string, string>;
let shown: Notice | null;
let prompts: number;
let answer: 'accepted' | 'dismissed';

beforeEach(() => {
  browser = new EventTarget();
  memory = new Map();
  shown = null;
  prompts = 0;
  answer = 'accepted';
  vi.stubGlobal('self', browser);
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => memory.get(key) ?? null,
    setItem: (key: string, value: string) => memory.set(key, value),
  });
  offerInstallation({ show: (_id, notice) => (shown = notice), hide: () => (shown = null) });
});

afterEach(() => vi.unstubAllGlobals());

/** The browser offers; gives whether its own banner was held back. */
function offer(): boolean {
  const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), {
    prompt: () => {
      prompts++;
      return Promise.resolve({ outcome: answer });
    },
  });
  browser.dispatchEvent(event);
  return event.defaultPrevented;
}

const press = async (index: number) => {
  shown!.actions[index]!.run();
  await Promise.resolve();
  await Promise.resolve();
};

describe('installation', () => {
  it('is offered in a line of ours, and installs', async () => {
    expect(offer()).toBe(true);
    expect(shown?.text).toBe('notice.install');
    await press(0);
    expect([prompts, shown]).toEqual([1, null]);
    offer();
    expect(shown).not.toBeNull();
  });

  it('is not offered again for a week to whoever said later, here or to the browser', async () => {
    offer();
    await press(1);
    offer();
    expect([prompts, shown]).toEqual([0, null]);

    memory.clear();
    answer = 'dismissed';
    offer();
    await press(0);
    offer();
    expect([prompts, shown]).toEqual([1, null]);
  });

  it('is not offered any more once installed', () => {
    offer();
    browser.dispatchEvent(new Event('appinstalled'));
    expect(shown).toBeNull();
  });
});
