import type { Translator } from '../../i18n';
import { byId, setText } from '../../ui/dom';
import type { Link } from '../live/link-state';

export interface Status {
  readonly readerName: string;
  readonly campaignName: string;
  readonly tally: boolean;
  readonly link: Link;
  readonly pending: number;
  /** Device clock, seconds. */
  readonly lastSync: number | null;
  readonly syncing: boolean;
}

export const staleSeconds = 300;

/** What is always in sight: who this is, whether it is connected, what waits, how old its knowledge is. */
export class StatusBar {
  private readonly root = document.querySelector<HTMLElement>('.status')!;
  private readonly link = byId('link');
  private readonly pending = byId('pending');
  private readonly sync = byId<HTMLButtonElement>('sync');

  constructor(onSync: () => void) {
    this.sync.addEventListener('click', onSync);
  }

  show(status: Status, translator: Translator, nowSeconds: number): void {
    setText(byId('reader-name'), status.readerName);
    byId('reader-name').title = status.readerName;
    setText(byId('campaign-name'), status.campaignName);
    document.title = status.readerName;
    this.link.dataset['link'] = status.link;
    setText(this.link, translator.text(`state.${status.link}`));
    this.root.hidden = !status.tally;
    this.pending.dataset['count'] = String(status.pending);
    setText(
      this.pending,
      status.pending > 0 ? translator.plural('pending', status.pending) : translator.text('pending.none'),
    );
    const age = status.lastSync === null ? null : Math.max(0, nowSeconds - status.lastSync);
    const isStale = age === null || age > staleSeconds;
    this.root.dataset['stale'] = String(isStale && !status.syncing);
    this.sync.setAttribute('aria-busy', String(status.syncing));
    this.sync.title = translator.text('sync.now');
    setText(byId('last-sync'), lastSyncText(age, isStale, status.syncing, translator));
  }
}

export function lastSyncText(
  age: number | null,
  isStale: boolean,
  syncing: boolean,
  translator: Translator,
): string {
  if (age === null) return translator.text(syncing ? 'sync.running' : 'sync.stale-never');
  return translator.text(isStale ? 'sync.stale' : 'sync.last', { ago: translator.ago(age) });
}
