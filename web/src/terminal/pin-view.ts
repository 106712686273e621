import type { PrintConfiguration } from '../printing/jobs';
import { byId, create, setText } from '../ui/dom';
import { Idle } from './idle';
import { keysOf, PinEntry } from './pin-pad';
import type { TerminalTexts, TextKey } from './texts';

const forgetMs = 30_000;

/** The keys on the screen, those of a keyboard, and what is said of a pin. */
export class PinView {
  private readonly entry: PinEntry;
  private readonly idle = new Idle(forgetMs, () => this.reset());
  private answer: TextKey | null = null;

  constructor(
    { pinLength, pinSymbols }: PrintConfiguration,
    private readonly texts: () => TerminalTexts,
    submit: (pin: string) => void,
  ) {
    this.entry = new PinEntry(pinSymbols, pinLength, () => this.changed(), submit);
    byId('keys').replaceChildren(
      ...keysOf(pinSymbols).map((keys) => create('div', '', ...keys.map((key) => this.key(key)))),
    );
    byId('erase').addEventListener('click', () => this.press('Backspace'));
    byId('clear').addEventListener('click', () => this.press('Escape'));
    byId('print').addEventListener('click', () => this.entry.submit());
    document.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      // a focused button is pressed by its own Enter
      if (event.key === 'Enter' && event.target instanceof HTMLButtonElement) return;
      if (this.press(event.key)) event.preventDefault();
    });
    this.changed();
  }

  say(answer: TextKey | null): void {
    this.answer = answer;
    this.render();
    this.idle.touched();
  }

  clear(): void {
    this.entry.clear();
  }

  render(): void {
    const { texts, answer } = this;
    const words = byId('pin-answer');
    words.dataset['bad'] = String(answer !== null && answer !== 'asking' && answer !== 'accepted');
    setText(words, answer ? texts().text(answer) : '');
  }

  private press(key: string): boolean {
    const known = this.entry.press(key);
    if (known && key !== 'Enter') this.say(null);
    return known;
  }

  private reset(): void {
    this.entry.clear();
    this.answer = null;
    this.render();
  }

  private key(symbol: string): HTMLButtonElement {
    const key = create('button', 'key', symbol);
    key.type = 'button';
    key.addEventListener('click', () => this.press(symbol));
    return key;
  }

  private changed(): void {
    const { pin, length } = this.entry;
    byId('pin').replaceChildren(
      ...Array.from({ length }, (_, i) => create('span', 'pin-cell', pin[i] ?? '')),
    );
    byId<HTMLButtonElement>('print').disabled = pin.length < length;
  }
}
