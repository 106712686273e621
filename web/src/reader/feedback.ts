import type { Answer } from './scan/answer';

type Tone = Answer['tone'];
type Note = readonly [frequency: number, startSeconds: number, seconds: number];

/** Told apart with the phone in the pocket: rising, twice the same, low and long, three short ones. */
const sounds: Readonly<Record<Tone, { wave: OscillatorType; notes: readonly Note[] }>> = {
  valid: {
    wave: 'sine',
    notes: [
      [880, 0, 0.12],
      [1320, 0.12, 0.2],
    ],
  },
  first: {
    wave: 'sine',
    notes: [
      [880, 0, 0.12],
      [1320, 0.12, 0.2],
    ],
  },
  left: {
    wave: 'sine',
    notes: [
      [1320, 0, 0.12],
      [880, 0.12, 0.2],
    ],
  },
  seen: {
    wave: 'triangle',
    notes: [
      [520, 0, 0.18],
      [520, 0.28, 0.18],
    ],
  },
  refused: { wave: 'square', notes: [[150, 0, 0.7]] },
  unconfirmed: {
    wave: 'triangle',
    notes: [
      [700, 0, 0.09],
      [700, 0.16, 0.09],
      [500, 0.32, 0.2],
    ],
  },
};

const vibrations: Readonly<Record<Tone, readonly number[]>> = {
  valid: [60],
  first: [60],
  left: [60],
  seen: [120, 100, 120],
  refused: [500],
  unconfirmed: [60, 60, 60, 60, 60],
};

const storageKey = 'actors.sound';

export class Feedback {
  private audio: AudioContext | null = null;
  private enabled = localStorage.getItem(storageKey) !== 'off';

  get soundOn(): boolean {
    return this.enabled;
  }

  set soundOn(on: boolean) {
    this.enabled = on;
    localStorage.setItem(storageKey, on ? 'on' : 'off');
    if (on) this.unlock();
  }

  /** To be called from a touch or key: browsers allow sound only from then on. */
  unlock(): void {
    if (!this.enabled || !('AudioContext' in self)) return;
    this.audio ??= new AudioContext();
    if (this.audio.state === 'suspended') void this.audio.resume();
  }

  play(tone: Tone): void {
    navigator.vibrate?.([...vibrations[tone]]);
    const { audio } = this;
    if (!this.enabled || audio?.state !== 'running') return;
    const { wave, notes } = sounds[tone];
    for (const [frequency, start, length] of notes) beep(audio, wave, frequency, start, length);
  }
}

function beep(
  audio: AudioContext,
  wave: OscillatorType,
  frequency: number,
  start: number,
  length: number,
): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  const from = audio.currentTime + start;
  oscillator.type = wave;
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0.0001, from);
  gain.gain.exponentialRampToValueAtTime(0.5, from + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, from + length);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(from + length + 0.02);
}
