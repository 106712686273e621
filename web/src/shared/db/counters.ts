import type { Counters } from '../api/contracts';
import type { ActorsDb } from './schema';

/** Who is inside, and when this device heard it (its clock, seconds). */
export interface KnownCounters extends Counters {
  readonly heardAt: number;
}

const keyOf = (campaign: string): string => `counters-${campaign}`;

export async function saveCounters(
  db: ActorsDb,
  campaign: string,
  counters: Counters | null,
  deviceNowSeconds: number,
): Promise<void> {
  if (counters) await db.put('meta', { ...counters, heardAt: deviceNowSeconds }, keyOf(campaign));
}

export async function loadCounters(db: ActorsDb, campaign: string): Promise<KnownCounters | null> {
  return ((await db.get('meta', keyOf(campaign))) as KnownCounters | undefined) ?? null;
}
