import { beforeEach, describe, expect, it } from 'vitest';
import { LinkState, type Link } from '../../src/reader/live/link-state';
import { SyncLoop } from '../../src/reader/live/sync-loop';
import { backoffMs } from '../../src/shared/sync/backoff';
import type { SyncResult } from '../../src/shared/sync/replay';

describe('backoffMs', () => {
  it('grows, is capped, and differs between phones', () => {
    const highest = [1, 2, 3, 10, 1000].map((failures) => backoffMs(failures, () => 1));
    expect(highest).toEqual([2_000, 4_000, 8_000, 120_000, 120_000]);
    expect(backoffMs(3, () => 0)).toBe(4_000);
  });
});

describe('LinkState', () => {
  let now = 0;
  let network = true;
  let seen: Link[];
  let link: LinkState;

  beforeEach(() => {
    now = 0;
    network = true;
    seen = [];
    link = new LinkState(
      (state) => seen.push(state),
      () => now,
      () => network,
    );
  });

  it('lets nobody wait a third time for a silent server', () => {
    link.silent();
    expect(link.isKnownToBeDown).toBe(false);
    link.silent();
    expect(link.isKnownToBeDown).toBe(true);
    now = 20_000;
    expect(link.isKnownToBeDown).toBe(false);
    link.silent();
    link.heard();
    expect(link.isKnownToBeDown).toBe(false);
    expect(seen.at(-1)).toBe('online');
  });

  it('has nobody wait for a network that was just lost, until something is heard', () => {
    link.lost();
    expect([link.link, link.isKnownToBeDown]).toEqual(['offline', true]);
    now = 11_000;
    expect(link.isKnownToBeDown).toBe(false);
    link.lost();
    link.heard();
    expect([link.link, link.isKnownToBeDown]).toEqual(['online', false]);
  });

  it('is offline without a network, and asks again when it is back', () => {
    network = false;
    link.networkChanged();
    expect([link.link, link.isKnownToBeDown]).toEqual(['offline', true]);
    network = true;
    link.networkChanged();
    expect(link.isKnownToBeDown).toBe(false);
  });
});

describe('SyncLoop', () => {
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };

  function start(results: SyncResult[]) {
    const delays: number[] = [];
    let runs = 0;
    let next: (() => void) | null = null;
    const loop = new SyncLoop(
      () => Promise.resolve(results[Math.min(runs++, results.length - 1)]!),
      () => {},
      {
        set(run, delayMs) {
          next = run;
          delays.push(delayMs);
          return 1;
        },
        clear: () => (next = null),
      },
    );
    return { loop, delays, runs: () => runs, tick: () => next?.() };
  }

  it('runs once for many requests, then once more for what came meanwhile', async () => {
    const { loop, runs, delays } = start([{ kind: 'synced', news: 0, unconfirmed: 0 }]);
    for (let i = 0; i < 5; i++) loop.request();
    await settle();
    expect(runs()).toBe(2);
    expect(delays).toEqual([30_000]);
  });

  it('waits longer after each failure, and for as long as the server says', async () => {
    const { loop, delays, tick } = start([
      { kind: 'offline' },
      { kind: 'offline' },
      { kind: 'unknown', retryAfterSeconds: 300 },
      { kind: 'synced', news: 0, unconfirmed: 0 },
    ]);
    loop.request();
    for (let i = 0; i < 4; i++) {
      await settle();
      tick();
    }
    expect(delays[0]).toBeLessThanOrEqual(2_000);
    expect(delays[1]).toBeGreaterThanOrEqual(2_000);
    expect(delays[2]).toBe(300_000);
    expect(delays[3]).toBe(30_000);
  });
});
