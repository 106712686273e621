import type { ActorsDb } from './schema';

/** A reader that opens gets the scans of the last 24 hours: no device needs to know older ones. */
export const keptSeconds = 24 * 3600;
const batch = 500;

/** Forgets old scans that the server has; what it has not, or does not take, stays. Gives how many went. */
export async function pruneScans(db: ActorsDb, serverNowSeconds: number): Promise<number> {
  const old = IDBKeyRange.bound([1, 0], [1, serverNowSeconds - keptSeconds], false, true);
  const events = await db.getAllKeysFromIndex('pointage', 'settled', old);
  let pruned = 0;
  // in batches, so that a scan at the door never waits long for the store
  for (let start = 0; start < events.length; start += batch) {
    const tx = db.transaction('pointage', 'readwrite');
    for (const event of events.slice(start, start + batch)) {
      const record = await tx.store.get(event);
      if (!record || record.sent === 0 || record.refusal !== undefined) continue;
      await tx.store.delete(event);
      pruned++;
    }
    await tx.done;
  }
  return pruned;
}
