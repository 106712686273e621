import type { SigningKey } from '../../src/shared/codec/certificate';
import type { StoredReader, TallyRecord } from '../../src/shared/db/records';
import { databaseName, closeDatabase } from '../../src/shared/db/schema';

export const north = '11111111-1111-4111-8111-111111111111';
export const south = '22222222-2222-4222-8222-222222222222';

export function storedReader(uuid: string, name: string, keys: readonly SigningKey[] = []): StoredReader {
  return {
    uuid,
    name,
    tally: true,
    readableMetadata: [],
    validityStart: null,
    validityEnd: null,
    campaign: { slug: 'fete', name: 'Fête' },
    keys,
    clockOffset: 0,
    fetchedAt: 0,
    openedAt: 0,
  };
}

let last = 0;

export function record(change: Partial<TallyRecord> = {}): TallyRecord {
  return {
    event_uuid: `00000000-0000-4000-8000-${String(++last).padStart(12, '0')}`,
    certificate_uuid: 'certificate',
    sent: 0,
    timestamp: 1000,
    time: 1000,
    reader: north,
    reader_name: 'Nord',
    campaign: 'fete',
    type: 'seen',
    own: true,
    ...change,
  };
}

export async function freshDatabase(): Promise<void> {
  await closeDatabase();
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName);
    request.onsuccess = resolve;
    request.onerror = reject;
  });
}
