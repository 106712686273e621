import { countPending, recordOutcome } from '../../shared/db/tally';
import type { StoredReader, TallyRecord } from '../../shared/db/records';
import type { ActorsDb } from '../../shared/db/schema';
import { syncOne } from '../../shared/sync/replay';
import type { Asked } from '../scan/judge';
import type { ReaderHub } from './hub';
import type { LinkState } from './link-state';

// a connection that died unnoticed must not cost much: the same event by HTTP is the same scan
const hubBudgetMs = 800;
const httpBudgetMs = 2_000;

/** The decision on one scan: by the live connection, else by HTTP, else not now. */
export async function askServer(
  db: ActorsDb,
  reader: StoredReader,
  record: TallyRecord,
  hub: ReaderHub,
  link: LinkState,
): Promise<Asked> {
  if (link.isKnownToBeDown) return { kind: 'offline' };
  // a scan that overtakes older ones must say that they follow, and only HTTP can
  const overtakes = (await countPending(db, reader.uuid)) > 1;
  const answer = overtakes ? null : await hub.scan(record, hubBudgetMs);
  if (answer) {
    await recordOutcome(db, record.event_uuid, answer);
    link.heard();
    return { kind: 'decided', outcome: answer };
  }
  const reply = await syncOne(db, reader, record, httpBudgetMs);
  if (reply.kind === 'offline') {
    link.lost();
    return { kind: 'offline' };
  }
  if (reply.kind !== 'ok') {
    if (reply.kind === 'unknown') link.silent();
    return { kind: 'unknown' };
  }
  link.heard();
  const outcome = reply.value.outcomes.get(record.event_uuid);
  return outcome ? { kind: 'decided', outcome } : { kind: 'unknown' };
}

/** A synchronisation beside the question may have brought the answer. */
export async function decidedMeanwhile(db: ActorsDb, { event_uuid }: TallyRecord): Promise<Asked | null> {
  const record = await db.get('pointage', event_uuid);
  if (record?.sent !== 1 || !record.outcome) return null;
  return { kind: 'decided', outcome: { outcome: record.outcome, first: record.first ?? null } };
}
