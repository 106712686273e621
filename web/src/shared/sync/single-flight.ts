import type { ActorsDb } from '../db/schema';

const leaseMs = 45_000;

/** Runs the work unless a tab or the worker is at it already; null then. */
export async function singleFlight<T>(
  db: ActorsDb,
  name: string,
  work: () => Promise<T>,
): Promise<{ value: T } | null> {
  if ('locks' in navigator) {
    return navigator.locks.request(`actors-${name}`, { ifAvailable: true }, async (lock) =>
      lock ? { value: await work() } : null,
    );
  }
  return withLease(db, `lease-${name}`, work);
}

/** For browsers without Web Locks: a lease in the database, which ends by itself when its holder dies. */
export async function withLease<T>(
  db: ActorsDb,
  key: string,
  work: () => Promise<T>,
  now: () => number = Date.now,
): Promise<{ value: T } | null> {
  const holder = crypto.randomUUID();
  const tx = db.transaction('meta', 'readwrite');
  const lease = (await tx.store.get(key)) as { until: number } | undefined;
  const isFree = !lease || lease.until <= now();
  if (isFree) await tx.store.put({ holder, until: now() + leaseMs }, key);
  await tx.done;
  if (!isFree) return null;
  try {
    return { value: await work() };
  } finally {
    await release(db, key, holder);
  }
}

async function release(db: ActorsDb, key: string, holder: string): Promise<void> {
  const tx = db.transaction('meta', 'readwrite');
  const lease = (await tx.store.get(key)) as { holder: string } | undefined;
  if (lease?.holder === holder) await tx.store.delete(key);
  await tx.done;
}
