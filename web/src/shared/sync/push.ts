import { isJson, parseCursor, parseEvents } from '../api/contracts';
import type { StoredReader } from '../db/records';
import type { ActorsDb } from '../db/schema';
import { applySync } from '../db/tally';

/**
 * Integrates what the hub pushed, as it arrived; false when something is missing, so that a synchronisation is due. Some of
 * the events may be behind a gap: the cursor moves past them with the push that closes it.
 */
export async function applyPush(db: ActorsDb, reader: StoredReader, message: unknown): Promise<boolean> {
  if (!isJson(message)) return false;
  const cursor = parseCursor(message['cursor']);
  const after = parseCursor(message['after']);
  const events = parseEvents(message['events']);
  if (cursor === null) return false;
  const answer = { cursor, more: false, events, outcomes: new Map<string, never>(), counters: null };
  // without "after" nobody knows what came before: no cursor equals it
  const { cursorMoved } = await applySync(db, reader, after ?? '?', answer, Date.now() / 1000);
  return cursorMoved && message['more'] !== true;
}
