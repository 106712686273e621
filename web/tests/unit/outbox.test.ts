import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeDatabase, openDatabase, type ActorsDb } from '../../src/shared/db/schema';
import { countPending, pendingOf, recordScan, updateCursor } from '../../src/shared/db/tally';
import { syncOne, syncReader } from '../../src/shared/sync/replay';
import { Door } from '../kit/door';
import { fakeNetwork, type FakeNetwork } from '../kit/fake-fetch';
import { freshDatabase, north, record, south, storedReader } from '../kit/readers';

const reader = storedReader(north, 'Nord');
let db: ActorsDb;
let door: Door;
let network: FakeNetwork;

beforeEach(async () => {
  await freshDatabase();
  db = await openDatabase();
  door = new Door();
  door.addReader(north, 'Nord');
  door.addReader(south, 'Sud');
  network = fakeNetwork(door);
});

afterEach(() => vi.unstubAllGlobals());

/** What is left when the page or worker dies: only the database. */
async function crash(): Promise<void> {
  await closeDatabase();
  db = await openDatabase();
}

const scan = async (certificate: string) => (await recordScan(db, reader, certificate, 1000)).record!;

describe('the outbox', () => {
  it('sends a scan that was stored before a crash', async () => {
    const { event_uuid } = await scan('a');
    await crash();
    expect(await countPending(db, north)).toBe(1);
    expect(await syncReader(db, reader)).toMatchObject({ kind: 'synced' });
    expect(await countPending(db, north)).toBe(0);
    expect(await db.get('pointage', event_uuid)).toMatchObject({ sent: 1, outcome: 'first' });
  });

  it('sends again what was acknowledged into the void, and the server knows it', async () => {
    await scan('a');
    network.fault = 'answer-lost';
    expect((await syncReader(db, reader)).kind).toBe('offline');
    expect(await countPending(db, north)).toBe(1);
    await crash();
    network.fault = null;
    await syncReader(db, reader);
    expect(await countPending(db, north)).toBe(0);
    expect(door.log).toHaveLength(1);
    expect(door.log[0]?.outcome).toBe('first');
  });

  it('keeps everything while offline, at 5xx, and at answers that are none', async () => {
    await scan('a');
    const portal = { status: 200 };
    const unavailable = { status: 503, body: { title: 'unavailable' } };
    for (const fault of [
      'offline',
      portal,
      unavailable,
      { status: 429, body: {} },
      { status: 404 },
    ] as const) {
      network.fault = fault;
      expect((await syncReader(db, reader)).kind).not.toBe('synced');
      expect(await countPending(db, north)).toBe(1);
    }
  });

  it('keeps a scan that the answer does not name, and one that is not confirmed', async () => {
    await scan('a');
    door.undecided = true;
    expect(await syncReader(db, reader)).toMatchObject({ kind: 'synced', unconfirmed: 1 });
    expect(await pendingOf(db, north)).toMatchObject([{ sent: 0, outcome: 'unconfirmed' }]);
    door.undecided = false;
    await syncReader(db, reader);
    expect(await countPending(db, north)).toBe(0);
  });

  it('keeps the scans of a reader that is refused, and says why until it is taken again', async () => {
    await scan('a');
    network.fault = {
      status: 403,
      body: { err: 1, err_class: 'reader-expired', err_desc: 'too late', data: null },
    };
    expect(await syncReader(db, reader)).toMatchObject({ kind: 'refused', status: 403 });
    expect(await countPending(db, north)).toBe(1);
    expect((await db.get('cursors', north))?.refusal).toEqual({
      code: 'reader-expired',
      description: 'too late',
    });
    network.fault = null;
    await syncReader(db, reader);
    expect((await db.get('cursors', north))?.refusal).toBeNull();
  });

  it('finds the one scan that the server cannot take, keeps its record and sends the others', async () => {
    const scans = await Promise.all(Array.from({ length: 40 }, (_, index) => scan(`c${index}`)));
    network.poison.add(scans[17]!.event_uuid);
    expect((await syncReader(db, reader)).kind).toBe('synced');
    expect(door.log).toHaveLength(39);
    expect(await countPending(db, north)).toBe(0);
    expect(await db.get('pointage', scans[17]!.event_uuid)).toMatchObject({ refusal: 'bad request' });
  });

  it('does not blame a scan for a cursor that the server no longer takes', async () => {
    const { event_uuid } = await scan('a');
    await updateCursor(db, north, (cursor) => ({ ...cursor, events: 'pzzz' }));
    network.badCursor = 'pzzz';
    expect((await syncReader(db, reader)).kind).toBe('synced');
    expect(await db.get('pointage', event_uuid)).toMatchObject({ sent: 1, outcome: 'first' });
  });

  it('sends and fetches ten thousand in bounded requests', async () => {
    for (let i = 0; i < 10_000; i++) {
      const event = { certificate: `x${i}`, event: `e${i}`, timestamp: i };
      door.log.push({ ...event, reader: south, reader_name: 'Sud', type: 'seen', outcome: 'first' });
    }
    const tx = db.transaction('pointage', 'readwrite');
    for (let i = 0; i < 1_200; i++) await tx.store.put(record({ certificate_uuid: `o${i}` }));
    await tx.done;
    expect(await syncReader(db, reader)).toMatchObject({ kind: 'synced', news: 10_000 });
    expect(await db.count('pointage')).toBe(11_200);
    expect(await countPending(db, north)).toBe(0);
    const sending = network.posts.filter(({ events }) => events.length > 0);
    expect(sending.map(({ more }) => more === true)).toEqual([true, true, false]);
    expect(Math.max(...network.posts.map(({ events }) => events.length))).toBeLessThanOrEqual(500);
  });

  it('does not run twice at a time', async () => {
    await scan('a');
    const results = await Promise.all([syncReader(db, reader), syncReader(db, reader)]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['busy', 'synced']);
    expect((await syncReader(db, reader)).kind).toBe('synced');
  });

  it('sends only its own reader’s scans', async () => {
    await scan('a');
    await syncReader(db, storedReader(south, 'Sud'));
    expect(await countPending(db, north)).toBe(1);
  });

  it('asks about one scan alone and keeps the answer', async () => {
    await scan('b');
    const reply = await syncOne(db, reader, await scan('a'), 2000);
    expect(reply).toMatchObject({ kind: 'ok' });
    expect(network.posts[0]).toMatchObject({ events: [{}], more: true });
    expect(await countPending(db, north)).toBe(1);
  });
});
