/** Where a job is, as its terminal says. */
export type JobState =
  'queued' | 'taken' | 'printing' | 'stopped' | 'done' | 'failed' | 'unknown' | 'cancelled';

export interface Job {
  readonly id: string;
  readonly terminal: string | null;
  readonly state: JobState;
  readonly sheet: number | null;
  readonly of: number | null;
  readonly reason: string | null;
  readonly queuedAt: string;
}

/** Whether anything may still change. */
export function isUnderWay(job: Job | null): boolean {
  return job !== null && !['done', 'failed', 'unknown', 'cancelled'].includes(job.state);
}

export interface PrintConfiguration {
  /** Where print-api's routes lie. */
  readonly prefix: string;
  readonly maxSize: number;
  readonly maxSheets: number;
  readonly storageHours: number;
  readonly pinLength: number;
  readonly pinSymbols: string;
  readonly qrTokenPrefix: string;
  readonly qrTokenLength: number;
}
