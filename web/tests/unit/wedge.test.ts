import { describe, expect, it } from 'vitest';
import { Presence } from '../../src/camera/presence';
import { WedgeDetector, type WedgeScan } from '../../src/reader/input/wedge';

function type(
  detector: WedgeDetector,
  keys: readonly string[],
  gapMs: number,
  from = 1000,
): WedgeScan | null {
  let scan: WedgeScan | null = null;
  keys.forEach((key, index) => {
    const code = /^[A-Z]$/.test(key) ? `Key${key}` : /^[0-9]$/.test(key) ? `Digit${key}` : key;
    scan = detector.press({ key, code, shift: false, time: from + index * gapMs }) ?? scan;
  });
  return scan;
}

describe('WedgeDetector', () => {
  it('takes fast keystrokes ended by Enter as a scan', () => {
    expect(type(new WedgeDetector(), [...'AC1BB8XY', 'Enter'], 8)?.typed).toBe('AC1BB8XY');
  });

  it('leaves a person who types alone', () => {
    expect(type(new WedgeDetector(), [...'7K2M9QXD', 'Enter'], 140)).toBeNull();
  });

  it('leaves a short burst and a late Enter alone', () => {
    expect(type(new WedgeDetector(), [...'ABC', 'Enter'], 8)).toBeNull();
    const detector = new WedgeDetector();
    type(detector, [...'ABCDEFGH'], 8);
    expect(detector.press({ key: 'Enter', code: 'Enter', shift: false, time: 5000 })).toBeNull();
  });

  it('forgets what a person typed before the scanner', () => {
    const detector = new WedgeDetector();
    type(detector, [...'XY'], 200, 0);
    expect(type(detector, [...'ABCDEFGH', 'Enter'], 8, 2000)?.typed).toBe('ABCDEFGH');
  });

  it('takes two scans in a row', () => {
    const detector = new WedgeDetector();
    expect(type(detector, [...'ABCDEFGH', 'Enter'], 5, 0)?.typed).toBe('ABCDEFGH');
    expect(type(detector, [...'HGFEDCBA', 'Enter'], 5, 100)?.typed).toBe('HGFEDCBA');
  });

  it('reads the physical keys when the system has a French layout', () => {
    const detector = new WedgeDetector();
    const strokes = [
      ['Q', 'KeyA', true],
      ['C', 'KeyC', true],
      ['&', 'Digit1', false],
      ['M', 'Semicolon', true],
      ['à', 'Digit0', false],
      ['!', 'Slash', false],
      [')', 'Minus', false],
      [':', 'Period', false],
    ] as const;
    strokes.forEach(([key, code, shift], index) => detector.press({ key, code, shift, time: index * 5 }));
    const scan = detector.press({ key: 'Enter', code: 'Enter', shift: false, time: 50 });
    expect(scan?.asUs).toBe('AC1:0/-.');
  });
});

describe('Presence', () => {
  const frames = (presence: Presence, texts: readonly string[], from: number, count: number) =>
    Array.from({ length: count }, (_, index) => presence.observe(texts, from + index * 100)).flat();

  it('reports a code once while it stays in view', () => {
    expect(frames(new Presence(), ['A'], 0, 50)).toEqual(['A']);
  });

  it('reports it again when it comes back after having left', () => {
    const presence = new Presence();
    frames(presence, ['A'], 0, 5);
    frames(presence, [], 500, 15);
    expect(frames(presence, ['A'], 2000, 5)).toEqual(['A']);
  });

  it('does not take a blurred frame or a slow decoder for an absence', () => {
    const presence = new Presence();
    frames(presence, ['A'], 0, 5);
    frames(presence, [], 500, 2);
    expect(frames(presence, ['A'], 700, 3)).toEqual([]);
    presence.observe([], 9000);
    expect(presence.observe(['A'], 9100)).toEqual([]);
  });

  it('reports a second code at once', () => {
    const presence = new Presence();
    frames(presence, ['A'], 0, 3);
    expect(presence.observe(['A', 'B'], 300)).toEqual(['B']);
  });
});
