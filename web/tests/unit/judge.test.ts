import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type ActorsDb } from '../../src/shared/db/schema';
import { rememberCertificate } from '../../src/shared/db/certificates';
import type { StoredReader, TallyRecord } from '../../src/shared/db/records';
import { countPending, recordOutcome } from '../../src/shared/db/tally';
import { Judge, type Asked } from '../../src/reader/scan/judge';
import { Issuer } from '../kit/issuer';
import { freshDatabase, north, record, south, storedReader } from '../kit/readers';

const certificate = '33333333-3333-4333-8333-333333333333';
let issuer: Issuer;
let code: string;
let db: ActorsDb;
let reader: StoredReader;
let server: (scan: TallyRecord) => Asked;
let asked: TallyRecord[];
let judge: Judge;

beforeAll(async () => {
  issuer = await Issuer.create();
  code = await issuer.sign({ certificate, issuedAt: 100, data: { name: 'Jeanne' } });
});

beforeEach(async () => {
  await freshDatabase();
  db = await openDatabase();
  reader = storedReader(north, 'Nord', [issuer.jwk]);
  server = () => ({ kind: 'decided', outcome: { outcome: 'first', first: null } });
  asked = [];
  judge = new Judge({
    database: () => openDatabase(),
    reader: () => reader,
    refreshKeys: () => Promise.resolve(false),
    ask: async (scan) => {
      asked.push(scan);
      const answer = server(scan);
      if (answer.kind === 'decided') await recordOutcome(db, scan.event_uuid, answer.outcome);
      return answer;
    },
  });
});

const offline = (): Asked => ({ kind: 'offline' });
const silent = (): Asked => ({ kind: 'unknown' });

describe('the judge', () => {
  it('says first when the server says so, and seen from then on without asking', async () => {
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'first', local: false });
    expect(await judge.judgeText(code)).toMatchObject({
      tone: 'seen',
      first: { mine: true, pending: false },
    });
    expect(asked).toHaveLength(1);
  });

  it('has the scan on disk before it asks', async () => {
    let pending = -1;
    judge = new Judge({
      database: () => openDatabase(),
      reader: () => reader,
      refreshKeys: () => Promise.resolve(false),
      ask: async () => {
        pending = await countPending(db, north);
        return { kind: 'offline' };
      },
    });
    await judge.judgeText(code);
    expect(pending).toBe(1);
  });

  it('marks a yes given offline as local, and does not give it twice', async () => {
    server = offline;
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'first', local: true });
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'seen', first: { mine: true, pending: true } });
  });

  it('does not say yes when the server stays silent, and asks about the same scan again', async () => {
    server = silent;
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'unconfirmed', ownScanAt: null });
    server = offline;
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'unconfirmed' });
    server = () => ({ kind: 'decided', outcome: { outcome: 'first', first: null } });
    expect(await judge.judgeText(code)).toMatchObject({
      tone: 'first',
      local: false,
      ownScanAt: expect.any(Number) as number,
    });
    expect(new Set(asked.map(({ event_uuid }) => event_uuid)).size).toBe(1);
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'seen' });
  });

  it('knows its own scan when synchronisation decided it meanwhile', async () => {
    server = silent;
    await judge.judgeText(code);
    await recordOutcome(db, asked[0]!.event_uuid, { outcome: 'first', first: null });
    expect(await judge.judgeText(code)).toMatchObject({
      tone: 'first',
      ownScanAt: expect.any(Number) as number,
    });
    expect(asked).toHaveLength(1);
  });

  it('takes "unconfirmed" for what it is', async () => {
    server = () => ({ kind: 'decided', outcome: { outcome: 'unconfirmed', first: null } });
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'unconfirmed' });
    expect(await countPending(db, north)).toBe(1);
  });

  it('says seen by another when the server does, or the store knows', async () => {
    const first = { event: 'e', reader: south, readerName: 'Sud', time: 500 };
    server = () => ({ kind: 'decided', outcome: { outcome: 'duplicate', first } });
    expect(await judge.judgeText(code)).toMatchObject({
      tone: 'seen',
      first: { readerName: 'Sud', mine: false },
    });
    const other = await issuer.sign({ certificate: crypto.randomUUID() });
    const known = record({
      certificate_uuid: (await uuidOf(other)) ?? '',
      reader: south,
      reader_name: 'Sud',
      own: false,
      sent: 1,
    });
    await db.put('pointage', known);
    expect(await judge.judgeText(other)).toMatchObject({ tone: 'seen', first: { readerName: 'Sud' } });
    expect(asked).toHaveLength(1);
  });

  it.each(['unknown', 'foreign', 'expired', 'early', 'revoked'] as const)(
    'refuses when the server says %s',
    async (outcome) => {
      server = () => ({ kind: 'decided', outcome: { outcome, first: null } });
      expect(await judge.judgeText(code)).toMatchObject({ tone: 'refused', reason: outcome });
    },
  );

  it('refuses locally, without a scan, what is over, not begun, revoked or not ours', async () => {
    const now = Math.floor(Date.now() / 1000);
    const texts = [await issuer.sign({ expires: now - 1 }), await issuer.sign({ notBefore: now + 60 })];
    const answers = await Promise.all(texts.map((text) => judge.judgeText(text)));
    expect(answers).toMatchObject([
      { reason: 'expired', time: now - 1 },
      { reason: 'early', time: now + 60 },
    ]);
    expect(await judge.judgeText('hello')).toMatchObject({ reason: 'malformed' });
    expect(await judge.judgeText(await (await Issuer.create()).sign({}))).toMatchObject({
      reason: 'foreign',
    });
    await rememberCertificate(db, {
      certificate,
      campaign: 'fete',
      code: 'X',
      version: 100,
      revoked: true,
      validityStart: null,
      validityEnd: null,
      data: null,
      dataVersion: 0,
    });
    expect(await judge.judgeText(code)).toMatchObject({ reason: 'revoked' });
    expect(await db.count('pointage')).toBe(0);
  });

  it('judges by the server’s clock', async () => {
    const now = Math.floor(Date.now() / 1000);
    reader = { ...reader, clockOffset: 3600 };
    expect(await judge.judgeText(await issuer.sign({ expires: now + 60 }))).toMatchObject({
      reason: 'expired',
    });
  });

  it('marks an older code and shows the newest data', async () => {
    await judge.judgeText(await issuer.sign({ certificate, issuedAt: 200, data: { name: 'Jeanne D.' } }));
    const answer = await judge.judgeText(code);
    expect(answer).toMatchObject({ outdated: true, certificate: { data: { name: 'Jeanne D.' } } });
  });

  it('only checks for a reader that does not tally', async () => {
    reader = { ...reader, tally: false };
    expect(await judge.judgeText(code)).toMatchObject({ tone: 'valid' });
    expect(await db.count('pointage')).toBe(0);
  });

  it('does not say yes when the scan cannot be stored', async () => {
    const { uuid } = reader;
    judge = new Judge({
      database: () => Promise.reject(new Error('disk full')),
      reader: () => reader,
      refreshKeys: () => Promise.resolve(false),
      ask: () => Promise.reject(new Error(`asked for ${uuid}`)),
    });
    expect(await judge.judgeText(code)).toMatchObject({
      tone: 'refused',
      reason: 'not-saved',
      detail: 'disk full',
    });
  });
});

async function uuidOf(text: string): Promise<string | null> {
  const answer = await new Judge({
    database: () => Promise.reject(new Error('none')),
    reader: () => ({ ...reader, tally: false }),
    refreshKeys: () => Promise.resolve(false),
    ask: () => Promise.reject(new Error('never')),
  }).judgeText(text);
  return answer.certificate?.certificate ?? null;
}
