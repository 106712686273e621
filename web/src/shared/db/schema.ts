import {
  openDB,
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type OpenDBCallbacks,
  type StoreNames,
} from 'idb';
import type { StoredCertificate, StoredCursor, StoredReader, TallyRecord } from './records';

export interface ActorsSchema extends DBSchema {
  pointage: {
    key: string;
    value: TallyRecord;
    indexes: {
      certificate_uuid: string;
      event_uuid: string;
      sent: number;
      reader: string;
      outbox: [string, number];
      settled: [number, number];
      campaign: string;
    };
  };
  readers: { key: string; value: StoredReader };
  cursors: { key: string; value: StoredCursor };
  certificates: { key: string; value: StoredCertificate; indexes: { campaign: string; code: string } };
  meta: { key: string; value: unknown };
}

export type ActorsDb = IDBPDatabase<ActorsSchema>;

export const databaseName = 'actors';

type Upgrade = IDBPTransaction<ActorsSchema, StoreNames<ActorsSchema>[], 'versionchange'>;

/** One step per version; a step only adds, is never changed once released and never drops scans that were not sent. */
const steps: readonly ((db: ActorsDb, tx: Upgrade) => void)[] = [
  (db) => {
    const tally = db.createObjectStore('pointage', { keyPath: 'event_uuid' });
    tally.createIndex('certificate_uuid', 'certificate_uuid');
    tally.createIndex('event_uuid', 'event_uuid', { unique: true });
    tally.createIndex('sent', 'sent');
    tally.createIndex('reader', 'reader');
    tally.createIndex('outbox', ['reader', 'sent']);
    tally.createIndex('campaign', 'campaign');
    db.createObjectStore('readers', { keyPath: 'uuid' });
    db.createObjectStore('cursors', { keyPath: 'reader' });
    const certificates = db.createObjectStore('certificates', { keyPath: 'certificate' });
    certificates.createIndex('campaign', 'campaign');
    certificates.createIndex('code', 'code');
    db.createObjectStore('meta');
  },
  (_db, tx) => {
    tx.objectStore('pointage').createIndex('settled', ['sent', 'time']);
  },
];

export type OpenEvent = 'blocked' | 'closed-for-upgrade' | 'terminated';

let opening: Promise<ActorsDb> | null = null;

/** The one connection of this page or worker; a failed or lost one is opened again by the next call. */
export function openDatabase(onEvent: (event: OpenEvent) => void = () => {}): Promise<ActorsDb> {
  opening ??= open(onEvent).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function open(onEvent: (event: OpenEvent) => void): Promise<ActorsDb> {
  const callbacks: OpenDBCallbacks<ActorsSchema> = {
    blocked: () => onEvent('blocked'),
    blocking(_current, _blocked, event) {
      // a newer page waits for this connection: let go, the next call opens again
      (event.target as IDBDatabase).close();
      opening = null;
      onEvent('closed-for-upgrade');
    },
    terminated() {
      opening = null;
      onEvent('terminated');
    },
  };
  try {
    return await openDB<ActorsSchema>(databaseName, steps.length, {
      ...callbacks,
      upgrade(db, oldVersion, _newVersion, tx) {
        for (const step of steps.slice(oldVersion)) step(db, tx);
      },
    });
  } catch (error) {
    // a newer page of this site has upgraded it: steps only add, and somebody may be scanning here
    if (!(error instanceof Error) || error.name !== 'VersionError') throw error;
    return openDB<ActorsSchema>(databaseName, undefined, callbacks);
  }
}

export async function closeDatabase(): Promise<void> {
  const current = opening;
  opening = null;
  (await current)?.close();
}
