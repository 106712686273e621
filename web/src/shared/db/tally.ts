import type { EventOutcome, SyncAnswer, WireEvent } from '../api/contracts';
import { judgeLocally, type LocalVerdict } from '../tally/stay';
import type { GivenAnswer, StoredCursor, StoredReader, TallyRecord } from './records';
import type { ActorsDb } from './schema';

/**
 * Only a new scan waits for the disk: what is learned from the server is asked for again when it gets lost, and
 * each wait would be one of the person at the door.
 */
const strict = { durability: 'strict' } as const;

export const emptyCursor = (reader: string): StoredCursor => ({
  reader,
  events: null,
  certificates: null,
  lastSync: null,
  refusal: null,
});

/** Looks the certificate up and, when it is new here, stores the scan; on disk before this returns. */
export async function recordScan(
  db: ActorsDb,
  reader: StoredReader,
  certificate: string,
  deviceNowSeconds: number,
): Promise<{ verdict: LocalVerdict; record: TallyRecord | null }> {
  const tx = db.transaction('pointage', 'readwrite', strict);
  const known = await tx.store.index('certificate_uuid').getAll(certificate);
  const verdict = judgeLocally(known, reader.uuid);
  let record = verdict.kind === 'mine' ? verdict.record : null;
  if (verdict.kind === 'new') {
    record = made(reader, 'seen', certificate, deviceNowSeconds);
    await tx.store.add(record);
  }
  await tx.done;
  return { verdict, record };
}

/** Stores an exit, or finds the one that the operator was not told the fate of; on disk before this returns. */
export async function recordExit(
  db: ActorsDb,
  reader: StoredReader,
  certificate: string,
  deviceNowSeconds: number,
): Promise<{ record: TallyRecord; again: boolean }> {
  const tx = db.transaction('pointage', 'readwrite', strict);
  const known = await tx.store.index('certificate_uuid').getAll(certificate);
  const unheard = known.find(
    ({ own, type, sent, answer }) =>
      own && type === 'exit' && sent === 0 && (answer === undefined || answer === 'unconfirmed'),
  );
  const record = unheard ?? made(reader, 'exit', certificate, deviceNowSeconds);
  if (!unheard) await tx.store.add(record);
  await tx.done;
  return { record, again: unheard !== undefined };
}

/** Stores that an own scan or exit is taken back, once. */
export async function recordUndo(
  db: ActorsDb,
  reader: StoredReader,
  event: string,
  deviceNowSeconds: number,
): Promise<void> {
  const tx = db.transaction('pointage', 'readwrite', strict);
  const target = await tx.store.get(event);
  const others = target ? await tx.store.index('certificate_uuid').getAll(target.certificate_uuid) : [];
  if (target?.own && !others.some(({ type, related }) => type === 'undo' && related === event)) {
    await tx.store.add({
      ...made(reader, 'undo', target.certificate_uuid, deviceNowSeconds),
      related: event,
    });
  }
  await tx.done;
}

/** Stores that a code was shown which this page refused; a forged one names no certificate. */
export async function recordRefused(
  db: ActorsDb,
  reader: StoredReader,
  certificate: string,
  reason: string,
  deviceNowSeconds: number,
): Promise<void> {
  await db.add('pointage', { ...made(reader, 'refused', certificate, deviceNowSeconds), reason });
}

const made = (
  reader: StoredReader,
  type: string,
  certificate: string,
  deviceNowSeconds: number,
): TallyRecord => ({
  event_uuid: crypto.randomUUID(),
  certificate_uuid: certificate,
  sent: 0,
  timestamp: deviceNowSeconds,
  time: deviceNowSeconds + reader.clockOffset,
  reader: reader.uuid,
  reader_name: reader.name,
  campaign: reader.campaign.slug,
  type,
  own: true,
});

/** Remembers what the operator was told: a scan that got a yes is not asked again as if it were the same one. */
export async function recordAnswer(db: ActorsDb, event: string, answer: GivenAnswer): Promise<void> {
  const tx = db.transaction('pointage', 'readwrite');
  const record = await tx.store.get(event);
  if (record) await tx.store.put({ ...record, answer });
  await tx.done;
}

export async function recordOutcome(db: ActorsDb, event: string, outcome: EventOutcome): Promise<void> {
  const tx = db.transaction('pointage', 'readwrite');
  const record = await tx.store.get(event);
  if (record) await tx.store.put(decided(record, outcome));
  await tx.done;
}

/** The server said of this one scan that it can never be taken. */
export async function recordRefusal(db: ActorsDb, event: string, refusal: string): Promise<void> {
  const tx = db.transaction('pointage', 'readwrite');
  const record = await tx.store.get(event);
  if (record) await tx.store.put({ ...record, sent: 1, refusal });
  await tx.done;
}

export async function pendingOf(db: ActorsDb, reader: string, limit?: number): Promise<TallyRecord[]> {
  return db.getAllFromIndex('pointage', 'outbox', IDBKeyRange.only([reader, 0]), limit);
}

export async function countPending(db: ActorsDb, reader: string): Promise<number> {
  return db.countFromIndex('pointage', 'outbox', IDBKeyRange.only([reader, 0]));
}

/**
 * Integrates one answer to a synchronisation in one transaction. The cursor moves only from where the request
 * started, so that an answer that was overtaken, or a push with a gap before it, cannot skip anything.
 */
export async function applySync(
  db: ActorsDb,
  reader: StoredReader,
  since: string | null,
  answer: SyncAnswer,
  deviceNowSeconds: number,
): Promise<{ cursorMoved: boolean; news: number }> {
  const tx = db.transaction(['pointage', 'cursors'], 'readwrite');
  const tally = tx.objectStore('pointage');
  for (const [event, outcome] of answer.outcomes) {
    const record = await tally.get(event);
    if (record) await tally.put(decided(record, outcome));
  }
  let news = 0;
  for (const event of answer.events) {
    const known = await tally.get(event.event);
    if (!known) news++;
    await tally.put(known ? corrected(known, event) : learned(event, reader.campaign.slug));
  }
  const cursors = tx.objectStore('cursors');
  const cursor = (await cursors.get(reader.uuid)) ?? emptyCursor(reader.uuid);
  const cursorMoved = cursor.events === since;
  await cursors.put({
    ...cursor,
    ...(cursorMoved ? { events: answer.cursor, lastSync: deviceNowSeconds } : {}),
    refusal: null,
  });
  await tx.done;
  return { cursorMoved, news };
}

export async function updateCursor(
  db: ActorsDb,
  reader: string,
  change: (cursor: StoredCursor) => StoredCursor,
): Promise<void> {
  const tx = db.transaction('cursors', 'readwrite');
  await tx.store.put(change((await tx.store.get(reader)) ?? emptyCursor(reader)));
  await tx.done;
}

function decided(record: TallyRecord, { outcome, first }: EventOutcome): TallyRecord {
  return { ...record, sent: outcome === 'unconfirmed' ? 0 : 1, outcome, ...(first ? { first } : {}) };
}

function corrected(known: TallyRecord, event: WireEvent): TallyRecord {
  return {
    ...known,
    time: event.time,
    ...(event.received === null ? {} : { received: event.received }),
    ...(event.outcome ? { outcome: event.outcome, sent: 1 } : {}),
  };
}

function learned(event: WireEvent, campaign: string): TallyRecord {
  return {
    event_uuid: event.event,
    certificate_uuid: event.certificate,
    sent: 1,
    timestamp: event.time,
    time: event.time,
    reader: event.reader,
    reader_name: event.readerName,
    campaign,
    type: event.type,
    own: false,
    ...(event.offline ? { offline: true } : {}),
    ...(event.received === null ? {} : { received: event.received }),
    ...(event.outcome ? { outcome: event.outcome } : {}),
    ...(event.related ? { related: event.related } : {}),
  };
}
