import type { PrintOptions } from '../printing/pages';

export interface JobFile {
  /** What it is fetched by. */
  readonly filename: string;
  /** What its owner calls it. */
  readonly name: string;
  readonly sheets: number;
  readonly options: PrintOptions;
}

export interface KioskJob {
  readonly id: string;
  readonly files: readonly JobFile[];
}

export interface KioskCommand {
  readonly id: string;
  readonly command: 'update' | 'reboot';
}

export interface Report {
  readonly id: string;
  readonly state: 'printing' | 'stopped' | 'done' | 'failed';
  readonly sheet: number;
  readonly of: number;
  readonly reason?: string;
}

/** Why a terminal stands or failed, as far as a browser can know it. */
export type Failure = 'file-missing' | 'file-unreadable' | 'pages-missing' | 'no-answer' | 'no-storage';

export class PrintFailure extends Error {
  constructor(readonly reason: Failure) {
    super(reason);
  }
}
