import { byId, setText } from './dom';

const tokenKey = 'actors.token';

/** Lets the staff in by a token, which stays in this tab; shows one part of the page or the other, and asks again and again. */
export class TokenGate {
  private current = sessionStorage.getItem(tokenKey) ?? '';
  private timer: number | undefined;

  /**
   * @param inside the part for whom the token lets in
   * @param ask asks once by the token
   * @param onLeft forgets what the token had shown
   */
  constructor(
    private readonly inside: HTMLElement,
    private readonly periodMs: number,
    private readonly ask: (token: string) => Promise<void>,
    private readonly onLeft: () => void,
    missing: () => string,
  ) {
    byId('enter').addEventListener('submit', (event) => {
      event.preventDefault();
      this.enter(missing());
    });
    byId('leave').addEventListener('click', () => this.leave());
    document.addEventListener('visibilitychange', () => {
      // nobody looks at a hidden page: nothing is asked for it
      if (document.hidden) window.clearTimeout(this.timer);
      else void this.refresh();
    });
  }

  /** Empty before somebody is let in. */
  get token(): string {
    return this.current;
  }

  show(): void {
    byId('enter').hidden = this.current !== '';
    this.inside.hidden = this.current === '';
    byId('leave').hidden = this.current === '';
  }

  async refresh(): Promise<void> {
    window.clearTimeout(this.timer);
    const asked = this.current;
    if (asked === '') return;
    await this.ask(asked);
    if (asked === this.current) this.timer = window.setTimeout(() => void this.refresh(), this.periodMs);
  }

  leave(why = ''): void {
    this.current = '';
    sessionStorage.removeItem(tokenKey);
    this.onLeft();
    this.show();
    setText(byId('token-error'), why);
    byId('token').focus();
  }

  private enter(missing: string): void {
    const field = byId<HTMLInputElement>('token');
    this.current = field.value.trim();
    setText(byId('token-error'), this.current === '' ? missing : '');
    if (this.current === '') return;
    field.value = '';
    sessionStorage.setItem(tokenKey, this.current);
    this.show();
    void this.refresh();
  }
}
