import type { Answer, Refusal } from './api';
import type { TextKey } from './texts';

/** What the person was about to do. */
export type Deed = 'register' | 'upload' | 'change' | 'print' | 'cancel' | 'remove';

export interface Problem {
  readonly key: TextKey;
  readonly values: Readonly<Record<string, string | number>>;
}

interface Limits {
  readonly maxSize: number;
  readonly maxSheets: number;
}

const bytesPerMegabyte = 1024 * 1024;

/** Says in words what is wrong and what to do; null when nothing is. */
export function problemOf(deed: Deed, answer: Answer<unknown>, limits: Limits): Problem | null {
  if (answer.kind === 'ok') return null;
  if (answer.kind === 'offline') return problem('offline');
  const key = keyOf(deed, answer);
  if (key === 'too-large') return tooLarge(limits);
  if (key === 'too-many-sheets') return problem(key, { sheets: limits.maxSheets });
  if (key === 'wait') return problem(key, { seconds: answer.wait ?? 60 });
  return key ? problem(key) : problem('failed', { status: answer.status });
}

export function tooLarge({ maxSize }: Limits): Problem {
  return problem('too-large', { size: Math.floor(maxSize / bytesPerMegabyte) });
}

export function problem(key: TextKey, values: Problem['values'] = {}): Problem {
  return { key, values };
}

function keyOf(deed: Deed, { status, message }: Refusal): TextKey | null {
  switch (status) {
    case 429:
      return 'wait';
    case 503:
      return deed === 'print' ? 'terminal-full' : 'busy';
    case 400:
      return deed === 'print' ? 'qr-unknown' : null;
    case 403:
      return deed === 'register' ? 'not-a-member' : deed === 'print' ? 'quota' : 'not-yours';
    case 404:
      return deed === 'print' ? 'file-gone' : deed === 'cancel' ? 'no-job' : 'pin-gone';
    case 409:
      return deed === 'cancel' ? 'job-taken' : null;
    case 413:
      // print-api's routes tell the one from the other by their words alone
      return deed === 'change' || message.includes('count of page') ? 'too-many-sheets' : 'too-large';
    case 415:
      if (deed === 'print') return 'not-uploaded';
      return message.includes('orrupted') ? 'corrupted' : 'not-pdf';
    case 416:
      return 'beyond';
    case 422:
      return deed === 'register' ? 'bad-name' : deed === 'print' ? 'qr-unknown' : 'pages-form';
    default:
      return null;
  }
}

/** A lost answer and another try: the content is there all the same. */
export function isUploadedAlready(answer: Answer<unknown>): boolean {
  return answer.kind === 'refused' && answer.status === 415 && answer.message.includes('already');
}
