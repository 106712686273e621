import { describe, expect, it } from 'vitest';
import { changed, countdown, isOpen, keyOf, linkOf, stateOf, type Lobby } from '../../src/meeting/lobby';
import { MeetingTexts } from '../../src/meeting/texts';

const start = new Date(2026, 10, 23, 10, 0, 0);
const at = (minutes: number) => start.getTime() + minutes * 60_000;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();

const lobby: Lobby = {
  name: 'Rendez-vous',
  start: iso(0),
  duration: 30,
  place: null,
  prepare: [],
  opens: iso(-10),
  closes: iso(60),
  over: false,
  running: false,
  participants: 0,
  asksName: true,
  person: null,
  opensStrictly: false,
  joinUrl: 'https://counter.example.org/bbb/visio/meeting/1/join/user/2/',
  now: iso(0),
};

describe('a meeting', () => {
  it.each([
    [-24 * 60, 'other-day'],
    [-60, 'early'],
    [-10, 'waiting'],
    [0, 'waiting'],
    [60, 'waiting'],
    [61, 'over'],
  ] as const)('%i minutes after its beginning is %s', (minutes, state) => {
    expect(stateOf(lobby, at(minutes))).toBe(state);
  });

  it('that runs is open before its time, and after it', () => {
    expect(stateOf({ ...lobby, running: true }, at(-24 * 60))).toBe('running');
    expect(stateOf({ ...lobby, running: true }, at(90))).toBe('running');
  });

  it('without times is open always', () => {
    expect(stateOf({ ...lobby, start: null, opens: null, closes: null }, at(0))).toBe('waiting');
  });

  it('that took place is over', () => {
    expect(stateOf({ ...lobby, over: true }, at(40))).toBe('over');
  });

  it('lets nobody in before its time or after it', () => {
    expect((['other-day', 'early', 'waiting', 'running', 'over'] as const).filter(isOpen)).toEqual([
      'waiting',
      'running',
    ]);
  });
});

describe('the countdown', () => {
  it.each([
    [3_909_000, '1:05:09'],
    [309_000, '5:09'],
    [8_001, '0:09'],
    [-1, '0:00'],
  ])('of %i ms is %s', (ms, text) => {
    expect(countdown(ms)).toBe(text);
  });
});

describe("a link of one's own", () => {
  const own: Lobby = { ...lobby, person: 'Marie', opensStrictly: true, opens: iso(-5), closes: iso(5) };

  it('waits for its time though somebody is there already', () => {
    expect(stateOf({ ...own, running: true }, at(-6))).toBe('early');
    expect(stateOf({ ...own, running: true }, at(-5))).toBe('running');
    expect(stateOf({ ...own, running: true }, at(-24 * 60))).toBe('other-day');
  });

  it('keeps its times when the meeting changes', () => {
    const change = { running: true, participants: 1, opens: null, closes: null, over: false };
    expect(changed(own, change)).toMatchObject({ running: true, opens: own.opens, closes: own.closes });
    expect(changed(lobby, change)).toMatchObject({ running: true, opens: null, closes: null });
  });

  it('stands behind the # of the address', () => {
    expect(keyOf('#link=1-abc')).toBe('1-abc');
    expect(keyOf('')).toBe('');
  });
});

describe('the link', () => {
  it('has the name that was given', () => {
    expect(linkOf(lobby.joinUrl, ' Zoé & <b> ')).toBe(`${lobby.joinUrl}?fullName=Zo%C3%A9+%26+%3Cb%3E`);
    expect(linkOf(lobby.joinUrl, '  ')).toBe(lobby.joinUrl);
  });
});

describe('the words', () => {
  it('name the day and the time zone', () => {
    expect(new MeetingTexts('fr').when(lobby.start!, 30)).toMatch(
      /^lundi 23 novembre 2026 à 10:00 .+, 30 minutes$/,
    );
    expect(new MeetingTexts('en').when(lobby.start!, null)).toMatch(/^Monday,? November 23, 2026 at 10:00/);
  });
});
