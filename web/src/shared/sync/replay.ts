import { fetchCertificates, postSync, type Reply, type SyncRequest } from '../api/client';
import type { SyncAnswer } from '../api/contracts';
import { applyCertificates } from '../db/certificates';
import { saveCounters } from '../db/counters';
import type { StoredReader, TallyRecord } from '../db/records';
import type { ActorsDb } from '../db/schema';
import { applySync, countPending, emptyCursor, pendingOf, recordRefusal, updateCursor } from '../db/tally';
import { singleFlight } from './single-flight';

export type SyncResult =
  | { readonly kind: 'synced'; readonly news: number; readonly unconfirmed: number }
  | { readonly kind: 'offline' }
  | { readonly kind: 'unknown'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly description: string }
  /** Another tab or the worker is at it. */
  | { readonly kind: 'busy' };

export const batchSize = 500;
const maxRounds = 400;

/** Sends the outbox and fetches what others saw, until nothing is left of either. */
export async function syncReader(db: ActorsDb, reader: StoredReader): Promise<SyncResult> {
  const flight = await singleFlight(db, `sync-${reader.uuid}`, () => exchange(db, reader));
  return flight ? flight.value : { kind: 'busy' };
}

async function exchange(db: ActorsDb, reader: StoredReader): Promise<SyncResult> {
  const tried = new Set<string>();
  let size = batchSize;
  let news = 0;
  let unconfirmed = 0;
  for (let round = 0; round < maxRounds; round++) {
    const untried = (await pendingOf(db, reader.uuid, tried.size + size + 1)).filter(
      (record) => !tried.has(record.event_uuid),
    );
    const batch = await withTargets(db, untried.slice(0, size));
    const more = untried.length > size;
    const since = ((await db.get('cursors', reader.uuid)) ?? emptyCursor(reader.uuid)).events;
    const reply = await post(reader, batch, since, { limit: batchSize, more });
    if (reply.kind === 'refused' && isAboutTheBody(reply.status)) {
      // one bad scan must not hold up the others: look for it in smaller batches, then in none at all
      if (batch.length > 1) {
        size = Math.ceil(batch.length / 4);
        continue;
      }
      if (await blame(db, reader, batch[0], since, reply)) continue;
    }
    if (reply.kind === 'refused') await noteRefusal(db, reader.uuid, reply);
    if (reply.kind !== 'ok') return reply;
    for (const record of batch) tried.add(record.event_uuid);
    news += (await applySync(db, reader, since, reply.value, Date.now() / 1000)).news;
    await saveCounters(db, reader.campaign.slug, reply.value.counters, Date.now() / 1000);
    unconfirmed += [...reply.value.outcomes.values()].filter(
      ({ outcome }) => outcome === 'unconfirmed',
    ).length;
    if (!reply.value.more && !more) break;
  }
  return { kind: 'synced', news, unconfirmed };
}

/** An undo goes with what it takes back or after it: the server does not know of the other yet. */
async function withTargets(db: ActorsDb, batch: readonly TallyRecord[]): Promise<TallyRecord[]> {
  const sent = new Set(batch.map(({ event_uuid }) => event_uuid));
  const kept: TallyRecord[] = [];
  for (const record of batch) {
    const waits =
      record.type === 'undo' &&
      record.related !== undefined &&
      !sent.has(record.related) &&
      (await db.get('pointage', record.related))?.sent === 0;
    if (!waits) kept.push(record);
  }
  return kept;
}

/** Finds out whether a refused body was refused for its only scan or for its cursor; true when that is settled. */
async function blame(
  db: ActorsDb,
  reader: StoredReader,
  suspect: TallyRecord | undefined,
  since: string | null,
  refusal: { readonly code: string; readonly description: string },
): Promise<boolean> {
  const probe = suspect && (await post(reader, [], since, { limit: 1, more: true }));
  if (suspect && probe?.kind === 'ok') {
    await recordRefusal(db, suspect.event_uuid, refusal.description || refusal.code);
    return true;
  }
  if (since === null || (probe && probe.kind !== 'refused')) return false;
  await updateCursor(db, reader.uuid, (cursor) => ({ ...cursor, events: null }));
  return true;
}

/** One scan alone, for the person who waits at the door; the rest follows by itself. */
export async function syncOne(
  db: ActorsDb,
  reader: StoredReader,
  record: TallyRecord,
  timeoutMs: number,
): Promise<Reply<SyncAnswer>> {
  const since = ((await db.get('cursors', reader.uuid)) ?? emptyCursor(reader.uuid)).events;
  const more = (await countPending(db, reader.uuid)) > 1;
  const reply = await post(reader, [record], since, { limit: 50, more, timeoutMs });
  if (reply.kind === 'ok') {
    await applySync(db, reader, since, reply.value, Date.now() / 1000);
    await saveCounters(db, reader.campaign.slug, reply.value.counters, Date.now() / 1000);
  }
  return reply;
}

/** Revocations and newest versions, page by page. */
export async function syncCertificates(db: ActorsDb, reader: StoredReader): Promise<Reply<number>> {
  let count = 0;
  for (let round = 0; round < maxRounds; round++) {
    const since = ((await db.get('cursors', reader.uuid)) ?? emptyCursor(reader.uuid)).certificates;
    const reply = await fetchCertificates(reader.uuid, since);
    if (reply.kind !== 'ok') return reply;
    await applyCertificates(db, reader, since, reply.value);
    count += reply.value.certificates.length;
    if (!reply.value.more) break;
  }
  return { kind: 'ok', value: count };
}

async function post(
  reader: StoredReader,
  events: readonly TallyRecord[],
  since: string | null,
  options: Pick<SyncRequest, 'limit' | 'more' | 'timeoutMs'>,
): Promise<Reply<SyncAnswer>> {
  return postSync({ reader: reader.uuid, events, since, nowSeconds: Date.now() / 1000, ...options });
}

const isAboutTheBody = (status: number): boolean => [400, 413, 422].includes(status);

async function noteRefusal(
  db: ActorsDb,
  reader: string,
  { code, description }: { code: string; description: string },
): Promise<void> {
  await updateCursor(db, reader, (cursor) => ({ ...cursor, refusal: { code, description } }));
}
