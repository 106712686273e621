import type { ActorsDb } from '../shared/db/schema';

const markerKey = 'marker';
const localKey = 'actors.marker';

/** Where the browser forgot the database but not this note, it has erased what was in it. */
export async function wasEvicted(db: ActorsDb): Promise<boolean> {
  const marker = await db.get('meta', markerKey);
  const expected = localStorage.getItem(localKey);
  if (typeof marker === 'string') {
    localStorage.setItem(localKey, marker);
    return false;
  }
  const fresh = crypto.randomUUID();
  await db.put('meta', fresh, markerKey);
  localStorage.setItem(localKey, fresh);
  return expected !== null;
}

export async function isPersisted(): Promise<boolean> {
  return (await navigator.storage?.persisted?.()) ?? false;
}

/** Asked from a gesture, when the person has shown that this page matters. */
export async function askForPersistence(): Promise<boolean> {
  return (await isPersisted()) || ((await navigator.storage?.persist?.()) ?? false);
}
