import { describe, expect, it } from 'vitest';
import { currentStay, judgeLocally } from '../../src/shared/tally/stay';
import { review } from '../../src/shared/tally/review';
import { north, record, south } from '../kit/readers';

const other = { reader: south, reader_name: 'Sud', own: false, sent: 1 } as const;

describe('currentStay', () => {
  it('orders by true time, then by event uuid', () => {
    const b = record({ event_uuid: 'b', time: 5 });
    const a = record({ event_uuid: 'a', time: 5 });
    const early = record({ event_uuid: 'z', time: 4 });
    expect(currentStay([b, a, early]).map(({ event_uuid }) => event_uuid)).toEqual(['z', 'a', 'b']);
  });

  it('begins anew after an exit', () => {
    const scans = [
      record({ time: 1 }),
      record({ type: 'exit', time: 2 }),
      record({ time: 3, event_uuid: 'again' }),
    ];
    expect(currentStay(scans).map(({ event_uuid }) => event_uuid)).toEqual(['again']);
    expect(judgeLocally(scans.slice(0, 2), north)).toEqual({ kind: 'new' });
  });

  it('leaves out what the server refused', () => {
    expect(currentStay([record({ outcome: 'revoked' }), record({ refusal: 'no' })])).toEqual([]);
  });
});

describe('review', () => {
  it('shows both readers the same conflict', () => {
    const mine = record({ time: 10, answer: 'local' });
    const theirs = record({ ...other, time: 8 });
    const atNorth = review([mine, theirs]);
    const atSouth = review([
      { ...theirs, own: true, answer: 'local' },
      { ...mine, own: false },
    ]);
    for (const items of [atNorth, atSouth]) {
      expect(items).toMatchObject([{ kind: 'conflict', first: { reader: south }, later: { reader: north } }]);
    }
  });

  it('is silent about a scan that was answered "seen" at once', () => {
    expect(
      review([record({ ...other, time: 8 }), record({ time: 10, answer: 'seen', outcome: 'duplicate' })]),
    ).toEqual([]);
  });

  it('is silent about another reader’s scan that was answered "seen" online', () => {
    const first = record({ time: 8, answer: 'confirmed', outcome: 'first' });
    const online = record({ ...other, time: 10, received: 10.2, outcome: 'duplicate' });
    expect(review([first, online])).toEqual([]);
  });

  it('shows another reader’s scan that was made offline, and one that lost its place to an earlier one', () => {
    const first = record({ time: 8, answer: 'local', outcome: 'duplicate', received: 100 });
    const late = record({ ...other, time: 10, received: 90, outcome: 'duplicate' });
    const displaced = record({ ...other, time: 12, received: 12, outcome: 'first' });
    expect(review([first, late]).map(({ kind }) => kind)).toEqual(['conflict']);
    expect(review([first, displaced]).map(({ kind }) => kind)).toEqual(['conflict']);
  });

  it('shows another reader’s scan that its page answered alone, however short it was offline', () => {
    const first = record({ time: 8, answer: 'local', outcome: 'first' });
    const alone = record({ ...other, time: 10, received: 11, outcome: 'duplicate', offline: true });
    expect(review([first, alone]).map(({ kind }) => kind)).toEqual(['conflict']);
  });

  it('is silent about different certificates, and about rows that are no scans', () => {
    const scans = [record({ certificate_uuid: 'a' }), record({ certificate_uuid: 'b' })];
    expect(review([...scans, record({ ...other, certificate_uuid: 'a', type: 'reorder' })])).toEqual([]);
  });

  it('shows what was let in offline and refused later, and what the server will not take', () => {
    const refused = record({ answer: 'local', sent: 1, outcome: 'revoked', time: 2 });
    const lost = record({ certificate_uuid: 'x', refusal: 'bad request', sent: 1, time: 1 });
    expect(review([refused, lost]).map(({ kind }) => kind)).toEqual(['refused-later', 'not-taken']);
  });
});
