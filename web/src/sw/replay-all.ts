import { announce } from '../shared/bridge';
import { listReaders } from '../shared/db/readers';
import { openDatabase } from '../shared/db/schema';
import { countPending } from '../shared/db/tally';
import { syncReader } from '../shared/sync/replay';

/** Sends the outbox of every tallying reader of this device; a rejection has the browser try again later. */
export async function replayAll({ failIfPending = false } = {}): Promise<void> {
  const db = await openDatabase();
  let left = 0;
  for (const reader of await listReaders(db)) {
    if (!reader.tally || (await countPending(db, reader.uuid)) === 0) continue;
    const result = await syncReader(db, reader);
    if (result.kind === 'synced') announce('events');
    // what the server refuses is not sent sooner by asking again
    if (result.kind !== 'refused') left += await countPending(db, reader.uuid);
  }
  if (failIfPending && left > 0) throw new Error(`${left} scans wait for the network`);
}
