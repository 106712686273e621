import type { ReaderContact } from '../api/contracts';
import type { ActorsDb } from './schema';

const keyOf = (campaign: string): string => `contacts-${campaign}`;

export async function saveContacts(
  db: ActorsDb,
  campaign: string,
  contacts: readonly ReaderContact[],
): Promise<void> {
  await db.put('meta', contacts, keyOf(campaign));
}

/** As the server last told; without it they age. */
export async function loadContacts(db: ActorsDb, campaign: string): Promise<readonly ReaderContact[]> {
  return ((await db.get('meta', keyOf(campaign))) as readonly ReaderContact[] | undefined) ?? [];
}
