import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { KioskLock } from '../../src/reader/kiosk-lock';
import { Judge, type Asked } from '../../src/reader/scan/judge';
import { insideText } from '../../src/reader/ui/counter-view';
import { Translator } from '../../src/i18n';
import { parseCounters } from '../../src/shared/api/contracts';
import { loadCounters } from '../../src/shared/db/counters';
import type { Direction, StoredReader, TallyRecord } from '../../src/shared/db/records';
import { openDatabase, type ActorsDb } from '../../src/shared/db/schema';
import { pendingOf, recordOutcome, recordScan, recordUndo } from '../../src/shared/db/tally';
import { syncReader } from '../../src/shared/sync/replay';
import { heardReaders } from '../../src/shared/tally/heard';
import { currentStay, judgeLocally } from '../../src/shared/tally/stay';
import { Issuer } from '../kit/issuer';
import { freshDatabase, north, record, storedReader } from '../kit/readers';

const certificate = '33333333-3333-4333-8333-333333333333';

describe('a stay', () => {
  it('knows nothing of a scan that was taken back', () => {
    const scan = record({ time: 1 });
    const undo = record({ type: 'undo', related: scan.event_uuid, time: 2 });
    expect(currentStay([scan, undo])).toEqual([]);
    expect(judgeLocally([scan, undo], north)).toEqual({ kind: 'new' });
    // the server knew of no such scan
    expect(currentStay([scan, { ...undo, outcome: 'unknown' }])).toEqual([scan]);
  });

  it('goes on when the exit was taken back, or nobody was inside', () => {
    const scan = record({ time: 1 });
    const exit = record({ type: 'exit', time: 2 });
    expect(currentStay([scan, exit, record({ type: 'undo', related: exit.event_uuid, time: 3 })])).toEqual([
      scan,
    ]);
    expect(currentStay([scan, { ...exit, outcome: 'absent' }])).toEqual([scan]);
  });
});

describe('a reader at an exit', () => {
  let issuer: Issuer;
  let code: string;
  let db: ActorsDb;
  let reader: StoredReader;
  let direction: Direction;
  let server: (scan: TallyRecord) => Asked;
  let judge: Judge;

  beforeAll(async () => {
    issuer = await Issuer.create();
    code = await issuer.sign({ certificate, issuedAt: 100, expires: 200 });
  });

  beforeEach(async () => {
    await freshDatabase();
    db = await openDatabase();
    reader = storedReader(north, 'Nord', [issuer.jwk]);
    direction = 'exit';
    server = () => ({ kind: 'decided', outcome: { outcome: 'left', first: null } });
    judge = new Judge({
      database: () => openDatabase(),
      reader: () => reader,
      direction: () => direction,
      refreshKeys: () => Promise.resolve(false),
      ask: async (scan) => {
        const answer = server(scan);
        if (answer.kind === 'decided') await recordOutcome(db, scan.event_uuid, answer.outcome);
        return answer;
      },
    });
  });

  it('lets out, although the certificate ran out meanwhile', async () => {
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'left', local: false });
    direction = 'entry';
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'refused', reason: 'expired' });
  });

  it('says who was not inside', async () => {
    server = () => ({ kind: 'decided', outcome: { outcome: 'absent', first: null } });
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'refused', reason: 'absent' });
  });

  it('notes exits while offline, and asks again about one that nobody answered', async () => {
    server = () => ({ kind: 'offline' });
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'left', local: true });
    server = () => ({ kind: 'unknown' });
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'unconfirmed' });
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'unconfirmed' });
    expect(await pendingOf(db, north)).toHaveLength(2);
  });
});

describe('what is sent', () => {
  interface Sent {
    readonly event: string;
    readonly type: string;
    readonly related?: string;
    readonly offline?: boolean;
  }

  it('holds an undo back until its scan goes, tells what was answered alone, and keeps the counters', async () => {
    await freshDatabase();
    const db = await openDatabase();
    const reader = storedReader(north, 'Nord');
    const { record: scan } = await recordScan(db, reader, certificate, 1000);
    await db.put('pointage', { ...scan!, answer: 'local' });
    await recordUndo(db, reader, scan!.event_uuid, 1001);
    await recordUndo(db, reader, scan!.event_uuid, 1002);
    const bodies: { events: Sent[] }[] = [];
    vi.stubGlobal('fetch', (_url: string, init: { body: string }) => {
      bodies.push(JSON.parse(init.body) as { events: Sent[] });
      const { events } = bodies.at(-1)!;
      const outcomes = Object.fromEntries(
        events.map(({ event, type }) => [event, { outcome: type === 'undo' ? 'undone' : 'first' }]),
      );
      const counters = {
        inside: 3,
        entries: 4,
        exits: 1,
        limit: 5,
        gates: [{ gate: 'Nord', entries: 4, exits: 1 }],
      };
      return Promise.resolve(
        Response.json({ err: 0, data: { timestamp: 'p1', more: false, events: [], outcomes, counters } }),
      );
    });
    expect(await syncReader(db, reader)).toMatchObject({ kind: 'synced' });
    vi.unstubAllGlobals();
    const events = bodies.flatMap((body) => body.events);
    expect(events).toHaveLength(2);
    expect(events.find(({ type }) => type === 'seen')).toMatchObject({ offline: true });
    expect(events.find(({ type }) => type === 'undo')).toMatchObject({ related: scan!.event_uuid });
    expect(await pendingOf(db, north)).toEqual([]);
    expect(await loadCounters(db, 'fete')).toMatchObject({ inside: 3, limit: 5 });
  });
});

describe('the counter', () => {
  it('says how old its numbers are', () => {
    const counters = { inside: 812, entries: 900, exits: 88, limit: 1000, gates: [], heardAt: 100 };
    const translator = new Translator('en');
    expect(insideText(counters, 130, translator)).toBe('Inside: 812 of 1,000');
    expect(insideText(counters, 400, translator)).toBe('Inside: 812 of 1,000 (5 minutes ago)');
    expect(insideText({ ...counters, limit: null }, 130, translator)).toBe('Inside: 812');
  });

  it('takes nothing for numbers that is none', () => {
    expect(parseCounters({ inside: 'many' })).toBeNull();
    expect(parseCounters(7)).toBeNull();
  });
});

describe('the other readers', () => {
  it('are listed by how long nothing was heard of them', () => {
    const heard = heardReaders(
      [
        record({ time: 10 }),
        record({ reader: 'b', reader_name: 'Est', own: false, time: 20, received: 300 }),
        record({ reader: 'b', reader_name: 'Est', own: false, time: 90, received: 91 }),
        record({ reader: 'a', reader_name: 'Sud', own: false, time: 100 }),
      ],
      [
        { reader: north, name: 'Nord', contact: 500 },
        { reader: 'a', name: 'Sud', contact: 400 },
        { reader: 'b', name: 'Est', contact: 250 },
        { reader: 'c', name: 'Ouest', contact: 50 },
      ],
      north,
    );
    expect(heard).toEqual([
      { reader: 'c', name: 'Ouest', scan: null, at: 50 },
      { reader: 'b', name: 'Est', scan: 300, at: 300 },
      { reader: 'a', name: 'Sud', scan: 100, at: 400 },
    ]);
  });
});

describe('the kiosk', () => {
  it('opens by its code alone, and lets guesses wait', async () => {
    const stored = new Map<string, string>();
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    };
    let now = 0;
    const lock = () => new KioskLock(storage, () => now);
    expect(await lock().lock('123')).toBe(false);
    expect(lock().isLocked).toBe(false);
    expect(await lock().lock('4711')).toBe(true);
    expect([...stored.values()].join()).not.toContain('4711');
    for (let guess = 1; guess < 5; guess++) expect(await lock().unlock('0000')).toBe('wrong');
    expect(await lock().unlock('0000')).toEqual({ waitSeconds: 30 });
    expect(await lock().unlock('4711')).toEqual({ waitSeconds: 30 });
    now = 30_000;
    expect(await lock().unlock('0000')).toEqual({ waitSeconds: 60 });
    now = 90_000;
    expect(await lock().unlock('4711')).toBe('unlocked');
    expect(lock().isLocked).toBe(false);
  });
});
