import { beforeEach, describe, expect, it } from 'vitest';
import { keptSeconds, pruneScans } from '../../src/shared/db/prune';
import type { TallyRecord } from '../../src/shared/db/records';
import { closeDatabase, databaseName, openDatabase, type ActorsDb } from '../../src/shared/db/schema';
import { countPending } from '../../src/shared/db/tally';
import { freshDatabase, north, record } from '../kit/readers';

const now = 1_000_000;
const old = now - keptSeconds - 1;
let db: ActorsDb;

beforeEach(async () => {
  await freshDatabase();
  db = await openDatabase();
});

async function store(...records: readonly TallyRecord[]): Promise<void> {
  for (const entry of records) await db.put('pointage', entry);
}

describe('pruneScans', () => {
  it('forgets what is older than a day and acknowledged, of any reader', async () => {
    await store(
      record({ event_uuid: 'own', sent: 1, time: old }),
      record({ event_uuid: 'theirs', sent: 1, time: old, own: false }),
      record({ event_uuid: 'today', sent: 1, time: now - keptSeconds + 1 }),
    );
    expect(await pruneScans(db, now)).toBe(2);
    expect(await db.getAllKeys('pointage')).toEqual(['today']);
  });

  it('never forgets what waits to be sent, nor what the server will not take', async () => {
    await store(
      record({ event_uuid: 'waiting', sent: 0, time: old }),
      record({ event_uuid: 'not-taken', sent: 1, time: old, refusal: 'bad request' }),
    );
    expect(await pruneScans(db, now)).toBe(0);
    expect(await db.count('pointage')).toBe(2);
    expect(await countPending(db, north)).toBe(1);
  });

  it('forgets thousands', async () => {
    const tx = db.transaction('pointage', 'readwrite');
    for (let i = 0; i < 1_300; i++) await tx.store.put(record({ sent: 1, time: old - i }));
    await tx.done;
    expect(await pruneScans(db, now)).toBe(1_300);
  });
});

describe('the database of the version before', () => {
  it('keeps its scans when it is upgraded', async () => {
    await freshDatabase();
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(databaseName, 1);
      request.onerror = reject;
      request.onupgradeneeded = () => {
        const tally = request.result.createObjectStore('pointage', { keyPath: 'event_uuid' });
        tally.createIndex('outbox', ['reader', 'sent']);
        tally.put(record({ event_uuid: 'waiting', sent: 0, time: old }));
        tally.put(record({ event_uuid: 'sent', sent: 1, time: old }));
      };
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    db = await openDatabase();
    expect(await pruneScans(db, now)).toBe(1);
    expect(await db.getAllKeys('pointage')).toEqual(['waiting']);
    await closeDatabase();
  });
});

describe('the database of a version to come', () => {
  it('still takes scans from a page that was not reloaded yet', async () => {
    const version = db.version + 1;
    await closeDatabase();
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.open(databaseName, version);
      request.onerror = reject;
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    db = await openDatabase();
    await store(record({ event_uuid: 'scanned' }));
    expect(db.version).toBe(version);
    expect(await countPending(db, north)).toBe(1);
    await closeDatabase();
  });
});
