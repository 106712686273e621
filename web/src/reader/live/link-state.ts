export type Link = 'online' | 'offline' | 'slow';

const silencesUntilDown = 2;
const downMs = 15_000;
/** Each scan has a synchronisation follow it, which finds out sooner. */
const lostMs = 10_000;

/** What is known of the way to the server: nobody at a door waits twice for an answer that does not come. */
export class LinkState {
  private silences = 0;
  private downUntil = 0;
  private current: Link = 'online';

  constructor(
    private readonly onChange: (link: Link) => void,
    private readonly now: () => number = Date.now,
    private readonly hasNetwork: () => boolean = () => navigator.onLine,
  ) {}

  get link(): Link {
    return this.hasNetwork() ? this.current : 'offline';
  }

  /** No use in asking now; synchronisation keeps trying meanwhile. */
  get isKnownToBeDown(): boolean {
    return !this.hasNetwork() || this.now() < this.downUntil;
  }

  heard(): void {
    this.silences = 0;
    this.downUntil = 0;
    this.become('online');
  }

  lost(): void {
    this.downUntil = Math.max(this.downUntil, this.now() + lostMs);
    this.become('offline');
  }

  silent(): void {
    if (++this.silences >= silencesUntilDown) this.downUntil = this.now() + downMs;
    this.become('slow');
  }

  /** The browser says that the network came or went. */
  networkChanged(): void {
    if (this.hasNetwork()) this.downUntil = 0;
    this.onChange(this.link);
  }

  private become(link: Link): void {
    this.current = link;
    this.onChange(this.link);
  }
}
