import type { TallyRecord } from '../db/records';

/** Earlier true time first, ties by event uuid: every device orders scans alike. */
export function byTime(a: TallyRecord, b: TallyRecord): number {
  return a.time - b.time || (a.event_uuid < b.event_uuid ? -1 : a.event_uuid > b.event_uuid ? 1 : 0);
}

const ends = ['exit', 'undo'];
const notSeen: readonly unknown[] = ['unknown', 'foreign', 'expired', 'early', 'revoked'];

/** The scans since the last exit of one certificate, in order; refused ones do not count. */
export function currentStay(records: readonly TallyRecord[]): TallyRecord[] {
  const ordered = records
    .filter((record) => !record.refusal && !notSeen.includes(record.outcome))
    .sort(byTime);
  const lastEnd = ordered.findLastIndex((record) => ends.includes(record.type));
  return ordered.slice(lastEnd + 1).filter((record) => record.type === 'seen');
}

export type LocalVerdict =
  | { readonly kind: 'new' }
  /** My own scan, of which the operator has not heard a yes yet: the same scan, not a second one. */
  | { readonly kind: 'mine'; readonly record: TallyRecord }
  | { readonly kind: 'seen'; readonly first: TallyRecord };

export function judgeLocally(records: readonly TallyRecord[], reader: string): LocalVerdict {
  const stay = currentStay(records);
  const unheard = stay.find(
    (record) =>
      record.own &&
      record.reader === reader &&
      (record.answer === undefined || record.answer === 'unconfirmed'),
  );
  const first = stay[0];
  if (unheard && (!first || first === unheard)) return { kind: 'mine', record: unheard };
  return first ? { kind: 'seen', first } : { kind: 'new' };
}
