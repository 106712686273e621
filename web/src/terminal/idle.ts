/** Does something when nobody has touched the page for a while. */
export class Idle {
  private timer = 0;

  constructor(
    private readonly afterMs: number,
    private readonly run: () => void,
  ) {}

  touched(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(this.run, this.afterMs);
  }
}
