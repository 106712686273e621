import type { TallyRecord } from '../db/records';

/** Earlier true time first, ties by event uuid: every device orders scans alike. */
export function byTime(a: TallyRecord, b: TallyRecord): number {
  return a.time - b.time || (a.event_uuid < b.event_uuid ? -1 : a.event_uuid > b.event_uuid ? 1 : 0);
}

const notSeen: readonly unknown[] = ['unknown', 'foreign', 'expired', 'early', 'revoked', 'absent'];

/** The scans since the last exit of one certificate, in order; refused ones and those taken back do not count. */
export function currentStay(records: readonly TallyRecord[]): TallyRecord[] {
  const undos = records.filter(
    ({ type, refusal, outcome }) => type === 'undo' && !refusal && outcome !== 'unknown',
  );
  const undone = new Set(undos.map(({ related }) => related));
  const ordered = records
    .filter(
      (record) => !record.refusal && !notSeen.includes(record.outcome) && !undone.has(record.event_uuid),
    )
    .sort(byTime);
  const lastEnd = ordered.findLastIndex((record) => record.type === 'exit');
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
