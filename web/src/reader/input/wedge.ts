import { usCharacter } from './us-layout';

export interface Keystroke {
  readonly key: string;
  /** The physical key, whatever the layout. */
  readonly code: string;
  readonly shift: boolean;
  readonly time: number;
}

export interface WedgeScan {
  /** As the system's layout read it. */
  readonly typed: string;
  /** As a US keyboard would: scanners pretend to be one, and an AZERTY system garbles that. */
  readonly asUs: string;
  readonly startedAt: number;
}

const maxGapMs = 60;
const maxAverageMs = 40;
const minLength = 6;
const maxLength = 8_192;

/** Tells a scanner that types (fast keystrokes ended by Enter) from a person. */
export class WedgeDetector {
  private strokes: Keystroke[] = [];

  /** A complete scan at its Enter, else null. */
  press(stroke: Keystroke): WedgeScan | null {
    if (stroke.key === 'Enter' || stroke.key === 'Tab') return this.finish(stroke);
    if (stroke.key.length !== 1) {
      if (stroke.key !== 'Shift' && stroke.key !== 'CapsLock' && stroke.key !== 'AltGraph') this.strokes = [];
      return null;
    }
    const last = this.strokes.at(-1);
    if ((last && stroke.time - last.time > maxGapMs) || this.strokes.length >= maxLength) this.strokes = [];
    this.strokes.push(stroke);
    return null;
  }

  /** Whether the next keystroke at this time would continue a run. */
  continues(time: number): boolean {
    const last = this.strokes.at(-1);
    return last !== undefined && time - last.time <= maxGapMs;
  }

  /** So many fast keystrokes that no person makes them. */
  get isTyping(): boolean {
    return this.strokes.length >= minLength && this.isFast();
  }

  private finish(end: Keystroke): WedgeScan | null {
    const { strokes } = this;
    const first = strokes[0];
    const last = strokes.at(-1);
    const isScan = this.isTyping && last !== undefined && end.time - last.time <= maxGapMs;
    this.strokes = [];
    if (!isScan || !first) return null;
    return {
      typed: strokes.map(({ key }) => key).join(''),
      asUs: strokes.map((stroke) => usCharacter(stroke.code, stroke.shift) ?? stroke.key).join(''),
      startedAt: first.time,
    };
  }

  private isFast(): boolean {
    const first = this.strokes[0];
    const last = this.strokes.at(-1);
    if (!first || !last) return false;
    return (last.time - first.time) / Math.max(1, this.strokes.length - 1) <= maxAverageMs;
  }
}
