import { describe, expect, it } from 'vitest';
import { barRows } from '../../src/terminals/chart';
import { periodQuery, thisMonth } from '../../src/terminals/period';

describe('the period of the statistics', () => {
  it('has its last day in it', () => {
    const query = periodQuery('day', '2026-02-28', '2026-02-28');
    expect(query?.get('from')).toBe('2026-02-28');
    expect(query?.get('to')).toBe('2026-03-01');
  });

  it.each([
    ['2026-03-02', '2026-03-01'],
    ['', '2026-03-01'],
    ['2026-3-1', '2026-03-01'],
  ])('is none from %s until %s', (from, to) => {
    expect(periodQuery('day', from, to)).toBeNull();
  });

  it('begins as this month', () => {
    expect(thisMonth(new Date('2026-11-23T10:00:00Z'))).toEqual({ from: '2026-11-01', to: '2026-11-23' });
  });
});

describe('the chart of the statistics', () => {
  const row = (key: string, sheets: number) => ({ key, label: key, prints: 1, sheets });

  it('has days on which nothing was printed', () => {
    const days = barRows('day', [row('2026-02-27', 3), row('2026-03-02', 5)]);
    expect(days.map((day) => [day.key, day.sheets])).toEqual([
      ['2026-02-27', 3],
      ['2026-02-28', 0],
      ['2026-03-01', 0],
      ['2026-03-02', 5],
    ]);
  });

  it('has the busiest terminals first', () => {
    expect(barRows('terminal', [row('a', 1), row('b', 9)]).map((bar) => bar.key)).toEqual(['b', 'a']);
    expect(barRows('day', [])).toEqual([]);
  });
});
