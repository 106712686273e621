import type { TallyRecord } from '../db/records';
import { currentStay } from './stay';

/** What a person should look at: nothing is lost silently. */
export type ReviewItem =
  /** Seen first by one, and let in again by another. */
  | {
      readonly kind: 'conflict';
      readonly certificate: string;
      readonly first: TallyRecord;
      readonly later: TallyRecord;
    }
  /** Said yes offline, refused by the server afterwards. */
  | { readonly kind: 'refused-later'; readonly certificate: string; readonly record: TallyRecord }
  /** The server will never take this scan. */
  | { readonly kind: 'not-taken'; readonly certificate: string; readonly record: TallyRecord };

/** As the server has it: received later than this after it was made, a scan was made offline. */
const lateAfterSeconds = 5;

export function review(records: readonly TallyRecord[]): ReviewItem[] {
  const items = [...conflicts(records), ...records.flatMap(ownTrouble)];
  return items.sort((a, b) => timeOf(b) - timeOf(a));
}

export const timeOf = (item: ReviewItem): number =>
  (item.kind === 'conflict' ? item.later : item.record).time;

function conflicts(records: readonly TallyRecord[]): ReviewItem[] {
  const byCertificate = new Map<string, TallyRecord[]>();
  for (const record of records) {
    const scans = byCertificate.get(record.certificate_uuid);
    if (scans) scans.push(record);
    else byCertificate.set(record.certificate_uuid, [record]);
  }
  return [...byCertificate].flatMap(([certificate, scans]) => {
    const [first, ...others] = currentStay(scans).filter((record) => !wasToldSeen(record));
    return first ? others.map((later) => ({ kind: 'conflict' as const, certificate, first, later })) : [];
  });
}

/** Whoever was told "already seen" at once let nobody in. Of old clients' scans only their times tell it. */
function wasToldSeen(record: TallyRecord): boolean {
  if (record.own) return record.answer === 'seen';
  if (record.offline) return false;
  const wasOnline = record.received !== undefined && record.received - record.time <= lateAfterSeconds;
  return wasOnline && record.outcome === 'duplicate';
}

function ownTrouble(record: TallyRecord): ReviewItem[] {
  if (!record.own) return [];
  const certificate = record.certificate_uuid;
  if (record.refusal) return [{ kind: 'not-taken', certificate, record }];
  const refused =
    record.type === 'seen' &&
    record.outcome &&
    !['first', 'duplicate', 'unconfirmed'].includes(record.outcome);
  return refused && record.answer === 'local' ? [{ kind: 'refused-later', certificate, record }] : [];
}
