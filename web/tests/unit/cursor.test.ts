import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase, type ActorsDb } from '../../src/shared/db/schema';
import { emptyCursor } from '../../src/shared/db/tally';
import { applyPush } from '../../src/shared/sync/push';
import { syncCertificates, syncReader } from '../../src/shared/sync/replay';
import { withLease } from '../../src/shared/sync/single-flight';
import { Door } from '../kit/door';
import { fakeNetwork } from '../kit/fake-fetch';
import { freshDatabase, north, south, storedReader } from '../kit/readers';

const reader = storedReader(north, 'Nord');
let db: ActorsDb;
let door: Door;

beforeEach(async () => {
  await freshDatabase();
  db = await openDatabase();
  door = new Door();
  door.addReader(north, 'Nord');
  fakeNetwork(door);
});

afterEach(() => vi.unstubAllGlobals());

const event = (id: string) => ({
  certificate: 'c',
  event: id,
  reader: south,
  reader_name: 'Sud',
  timestamp: 5,
  type: 'seen',
  outcome: 'first',
});
const cursor = async () => ((await db.get('cursors', north)) ?? emptyCursor(north)).events;

describe('the cursor', () => {
  it('moves with a push that follows what is known', async () => {
    door.log.push(event('a'));
    await syncReader(db, reader);
    expect(await cursor()).toBe('p1');
    expect(await applyPush(db, reader, { events: [event('b')], after: 'p1', cursor: 'p2' })).toBe(true);
    expect(await cursor()).toBe('p2');
    expect(await db.get('pointage', 'b')).toMatchObject({ reader_name: 'Sud', sent: 1 });
  });

  it('stays at a push with a gap before it, which is shown all the same', async () => {
    door.log.push(event('a'));
    await syncReader(db, reader);
    expect(await applyPush(db, reader, { events: [event('c')], after: 'p2', cursor: 'p3' })).toBe(false);
    expect(await cursor()).toBe('p1');
    expect(await db.get('pointage', 'c')).toBeDefined();
  });

  it('moves past an event behind a gap with the push that closes it', async () => {
    door.log.push(event('a'));
    await syncReader(db, reader);
    expect(await applyPush(db, reader, { events: [event('c')], after: 'p1', cursor: 'p1' })).toBe(true);
    expect(await cursor()).toBe('p1');
    expect(await applyPush(db, reader, { events: [event('b')], after: 'p1', cursor: 'p3' })).toBe(true);
    expect(await cursor()).toBe('p3');
    expect(await db.count('pointage')).toBe(3);
  });

  it('asks when a push says that there is more', async () => {
    door.log.push(event('a'));
    await syncReader(db, reader);
    const push = { events: [event('b')], after: 'p1', cursor: 'p2', more: true };
    expect(await applyPush(db, reader, push)).toBe(false);
    expect(await cursor()).toBe('p2');
  });

  it('stays at a push that names no cursor before it, and at nonsense', async () => {
    expect(await applyPush(db, reader, { events: [event('c')], cursor: 'p3' })).toBe(false);
    for (const nonsense of [null, 7, 'x', {}, { events: 3 }, { cursor: {} }]) {
      expect(await applyPush(db, reader, nonsense)).toBe(false);
    }
    expect(await cursor()).toBeNull();
  });

  it('takes what it knows already once', async () => {
    await applyPush(db, reader, { events: [event('a'), event('a')], after: null, cursor: 'p1' });
    door.log.push(event('a'));
    await syncReader(db, reader);
    expect(await db.count('pointage')).toBe(1);
  });
});

describe('the certificates feed', () => {
  it('keeps a revocation for good and the newest data', async () => {
    const status = { certificate: 'c', revoked: false, version: 5, validityStart: null, validityEnd: null };
    door.feed.push({ ...status, data: { name: 'New' } }, { ...status, version: 4, data: { name: 'Old' } });
    door.feed.push({ ...status, certificate: 'd', revoked: true }, { ...status, certificate: 'd' });
    await syncCertificates(db, reader);
    expect(await db.get('certificates', 'c')).toMatchObject({ version: 5, data: { name: 'New' } });
    expect(await db.get('certificates', 'd')).toMatchObject({ revoked: true });
    expect((await db.get('cursors', north))?.certificates).toBe('p1');
  });
});

describe('the lease for browsers without locks', () => {
  it('is free again when its holder died', async () => {
    let now = 0;
    const work = () => Promise.resolve('done');
    const held = withLease(
      db,
      'l',
      () => new Promise(() => {}),
      () => now,
    );
    void held;
    await vi.waitFor(async () => expect(await db.get('meta', 'l')).toBeDefined());
    expect(await withLease(db, 'l', work, () => now)).toBeNull();
    now = 60_000;
    expect(await withLease(db, 'l', work, () => now)).toEqual({ value: 'done' });
  });
});
