import type { ReaderConfiguration } from '../api/client';
import type { StoredReader, TallyRecord } from './records';
import type { ActorsDb } from './schema';

export async function saveReader(db: ActorsDb, configuration: ReaderConfiguration): Promise<StoredReader> {
  const reader = { ...configuration, openedAt: Date.now() / 1000 };
  const tx = db.transaction('readers', 'readwrite', { durability: 'strict' });
  await tx.store.put(reader);
  await tx.done;
  return reader;
}

export async function loadReader(db: ActorsDb, uuid: string): Promise<StoredReader | null> {
  return (await db.get('readers', uuid)) ?? null;
}

/** The readers of this device, the last opened first. */
export async function listReaders(db: ActorsDb): Promise<StoredReader[]> {
  const readers = await db.getAll('readers');
  return readers.sort((a, b) => b.openedAt - a.openedAt);
}

export async function recordsOf(db: ActorsDb, campaign: string): Promise<TallyRecord[]> {
  return db.getAllFromIndex('pointage', 'campaign', campaign);
}
