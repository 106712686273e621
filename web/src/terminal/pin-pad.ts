/** A pin as it is typed, by touch or by keys; forgotten when nobody goes on. */
export class PinEntry {
  private typed = '';

  constructor(
    private readonly symbols: string,
    readonly length: number,
    private readonly onChange: (pin: string) => void,
    private readonly onComplete: (pin: string) => void,
  ) {}

  get pin(): string {
    return this.typed;
  }

  /** Whether the key meant something here. */
  press(key: string): boolean {
    if (key === 'Backspace') {
      this.become(this.typed.slice(0, -1));
      return true;
    }
    if (key === 'Escape') {
      this.become('');
      return true;
    }
    if (key === 'Enter') {
      this.submit();
      return true;
    }
    const symbol = this.symbolOf(key);
    if (symbol === null) return false;
    if (this.typed.length >= this.length) return true;
    this.become(this.typed + symbol);
    return true;
  }

  clear(): void {
    this.become('');
  }

  submit(): void {
    if (this.typed.length === this.length) this.onComplete(this.typed);
  }

  /** Pins are of one case; a keyboard may be of the other. */
  private symbolOf(key: string): string | null {
    if (key.length !== 1) return null;
    return (
      [key, key.toUpperCase(), key.toLowerCase()].find((symbol) => this.symbols.includes(symbol)) ?? null
    );
  }

  private become(pin: string): void {
    this.typed = pin;
    this.onChange(pin);
  }
}

/** Digits apart from letters, each in order. */
export function keysOf(symbols: string): readonly (readonly string[])[] {
  const all = [...new Set(symbols)].sort();
  return [all.filter((key) => /\d/.test(key)), all.filter((key) => !/\d/.test(key))].filter(
    (keys) => keys.length > 0,
  );
}
