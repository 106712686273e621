import { isUnderWay, type Job } from '../printing/jobs';
import type { PrintTexts, TextKey } from './texts';

const reasons: Readonly<Record<string, TextKey>> = {
  'paper-out': 'reason-paper-out',
  'paper-jam': 'reason-paper-jam',
  'toner-out': 'reason-toner-out',
  'cover-open': 'reason-cover-open',
  offline: 'reason-offline',
};

/** Where a job is, in words; only what the terminal reported. */
export function jobWords(job: Job, texts: PrintTexts): string {
  const terminal = job.terminal ?? texts.text('a-terminal');
  const reason = job.reason ? reasonWords(job.reason, texts) : null;
  switch (job.state) {
    case 'printing':
      return job.sheet !== null && job.of !== null
        ? texts.text('state-sheet', { terminal, sheet: job.sheet, of: job.of })
        : texts.text('state-printing', { terminal });
    case 'stopped':
      return texts.text('state-stopped', { terminal, reason: reason ?? texts.text('reason-none') });
    case 'failed':
      return reason
        ? texts.text('state-failed-reason', { terminal, reason })
        : texts.text('state-failed', { terminal });
    default:
      return texts.text(`state-${job.state}`, { terminal });
  }
}

function reasonWords(reason: string, texts: PrintTexts): string {
  const key = reasons[reason];
  return key ? texts.text(key) : reason;
}

/** When to ask for a file again, in milliseconds; null for never: nobody looks. */
export function askAgainIn(job: Job | null, isHidden: boolean, isOpen: boolean): number | null {
  if (isHidden) return null;
  if (isUnderWay(job)) return 1_000;
  return isOpen ? 15_000 : null;
}

/** "in 6 days": the largest unit of which there is at least one. */
export function untilWords(expiresAt: number, now: number, language: string): string {
  const minutes = Math.max(1, Math.floor((expiresAt - now) / 60_000));
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  if (minutes < 60) return format.format(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? format.format(hours, 'hour') : format.format(Math.floor(hours / 24), 'day');
}
