import { backoffMs } from '../../shared/sync/backoff';
import type { SyncResult } from '../../shared/sync/replay';

const intervalMs = 30_000;
const refusedIntervalMs = 300_000;
const busyMs = 3_000;

export interface LoopTimers {
  readonly set: (run: () => void, delayMs: number) => number;
  readonly clear: (timer: number) => void;
}

const systemTimers: LoopTimers = {
  set: (run, delayMs) => self.setTimeout(run, delayMs),
  clear: (timer) => self.clearTimeout(timer),
};

/** One synchronisation at a time: at once when asked, else every 30 s, more rarely while it fails. */
export class SyncLoop {
  private running = false;
  private again = false;
  private failures = 0;
  private timer: number | null = null;

  constructor(
    private readonly run: () => Promise<SyncResult>,
    private readonly onChange: (running: boolean, result: SyncResult | null) => void,
    private readonly timers: LoopTimers = systemTimers,
  ) {}

  request(): void {
    if (this.running) {
      this.again = true;
      return;
    }
    if (this.timer !== null) this.timers.clear(this.timer);
    this.timer = null;
    void this.cycle();
  }

  private async cycle(): Promise<void> {
    this.running = true;
    this.onChange(true, null);
    let result: SyncResult;
    try {
      result = await this.run();
    } catch (error) {
      // a storage that fails now may work again: the loop must outlive it
      console.error(error);
      result = { kind: 'unknown', retryAfterSeconds: null };
    }
    this.running = false;
    const failed = result.kind === 'offline' || result.kind === 'unknown';
    this.failures = failed ? this.failures + 1 : 0;
    this.onChange(false, result);
    const runAgain = this.again && !failed;
    this.again = false;
    if (runAgain) void this.cycle();
    else this.timer = this.timers.set(() => this.request(), this.delayAfter(result));
  }

  private delayAfter(result: SyncResult): number {
    switch (result.kind) {
      case 'busy':
        return busyMs;
      case 'refused':
        return refusedIntervalMs;
      case 'synced':
        return result.unconfirmed > 0 ? backoffMs(2) : intervalMs;
      case 'offline':
        return backoffMs(this.failures);
      case 'unknown':
        return Math.max(backoffMs(this.failures), (result.retryAfterSeconds ?? 0) * 1000);
    }
  }
}
