import { PrintFailure, type KioskCommand, type KioskJob, type Report } from './contracts';
import type { PrintedJobs } from './memory';

export interface QueueDoor {
  /** True when it is to be done. */
  readonly acknowledge: (id: string) => Promise<boolean>;
  readonly report: (report: Report) => void;
  readonly obey: (command: KioskCommand) => void;
  /** Prints; calls back for each sheet that came out. */
  readonly print: (job: KioskJob, onSheet: (sheet: number) => void) => Promise<void>;
  readonly show: (shown: Shown | null) => void;
  /** Nobody knows what the printer still does with the last job; returns when the next one may begin. */
  readonly startAgain: () => Promise<void>;
}

/** What the people in front of it see. */
export interface Shown {
  readonly job: KioskJob;
  readonly state: Report['state'];
  readonly sheet: number;
  readonly of: number;
  readonly waiting: number;
}

type Item = { readonly job: KioskJob } | { readonly command: KioskCommand };

/** Does one thing after the other, each once: what was acknowledged is never begun again, whatever breaks meanwhile. */
export class JobQueue {
  private readonly waiting: Item[] = [];
  private current: string | null = null;

  constructor(
    private readonly door: QueueDoor,
    private readonly printed: PrintedJobs,
  ) {}

  /** What waited is sent again by a new connection. */
  clear(): void {
    this.waiting.length = 0;
  }

  addJob(job: KioskJob): void {
    this.add({ job });
  }

  addCommand(command: KioskCommand): void {
    this.add({ command });
  }

  cancel(id: string): void {
    const index = this.waiting.findIndex((item) => idOf(item) === id);
    if (index >= 0) this.waiting.splice(index, 1);
  }

  private add(item: Item): void {
    const id = idOf(item);
    if (this.current === id || this.waiting.some((other) => idOf(other) === id)) return;
    this.waiting.push(item);
    if (this.current === null) void this.run();
  }

  private async run(): Promise<void> {
    for (let item = this.waiting.shift(); item; item = this.waiting.shift()) {
      this.current = idOf(item);
      try {
        await this.take(item);
      } catch (error) {
        // the connection is gone: what was not acknowledged comes again with the next one
        console.warn(error);
      }
    }
    this.current = null;
  }

  private async take(item: Item): Promise<void> {
    const id = idOf(item);
    if (!(await this.door.acknowledge(id)) || this.printed.has(id)) return;
    if ('command' in item) {
      this.printed.remember(id);
      this.door.obey(item.command);
      return;
    }
    await this.print(item.job);
  }

  private async print(job: KioskJob): Promise<void> {
    const of = job.files.reduce((sum, file) => sum + file.sheets, 0);
    let sheet = 0;
    const tell = (state: Report['state'], reason?: string) => {
      this.door.report({ id: job.id, state, sheet, of, ...(reason === undefined ? {} : { reason }) });
      this.door.show({ job, state, sheet, of, waiting: this.waiting.length });
    };
    try {
      this.remember(job.id);
      tell('printing');
      await this.door.print(job, (done) => {
        sheet = done;
        tell('printing');
      });
      tell('done');
    } catch (error) {
      console.error(error);
      const reason = error instanceof PrintFailure ? error.reason : 'file-unreadable';
      tell('failed', reason);
      // the end of this one would be taken for the end of the next
      if (reason === 'no-answer') await this.door.startAgain();
    }
  }

  private remember(id: string): void {
    try {
      this.printed.remember(id);
    } catch {
      throw new PrintFailure('no-storage');
    }
  }
}

const idOf = (item: Item): string => ('job' in item ? item.job.id : item.command.id);
