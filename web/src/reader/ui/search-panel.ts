import type { Translator } from '../../i18n';
import type { StoredCertificate } from '../../shared/db/records';
import { formatShortCode } from '../../shared/codec/short-code';
import { byId, create, setText } from '../../ui/dom';
import { fold, splitData } from './certificate-text';

const maxResults = 30;
const typingPauseMs = 150;

/** Finds a person without a code, among what this device holds. */
export class SearchPanel {
  private readonly field = byId<HTMLInputElement>('search');
  private readonly results = byId('search-results');
  private timer = 0;
  private shown = '';

  constructor(
    private readonly translator: () => Translator,
    private readonly list: () => Promise<readonly StoredCertificate[]>,
    private readonly onChosen: (certificate: StoredCertificate) => void,
  ) {
    this.field.addEventListener('input', () => this.searchSoon());
  }

  open(): void {
    this.field.focus();
    void this.search();
  }

  /** What this device knows has changed, or the language. */
  refresh(): void {
    if (!byId('panel-search').hidden) this.searchSoon();
  }

  private searchSoon(): void {
    self.clearTimeout(this.timer);
    this.timer = self.setTimeout(() => void this.search(), typingPauseMs);
  }

  private async search(): Promise<void> {
    const named = (await this.list()).filter(({ data }) => data !== null);
    const found = findByName(named, this.field.value);
    setText(byId('search-status'), this.summary(found.length, named.length));
    this.show(found.slice(0, maxResults));
  }

  /** Leaves a list that did not change alone, and the focus where it was in one that did. */
  private show(found: readonly StoredCertificate[]): void {
    const content = JSON.stringify([this.translator().language, found]);
    if (content === this.shown) return;
    this.shown = content;
    const focused = this.results.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset['certificate']
      : undefined;
    this.results.replaceChildren(...found.map((certificate) => this.item(certificate)));
    if (focused)
      this.results.querySelector<HTMLElement>(`[data-certificate="${CSS.escape(focused)}"]`)?.focus();
  }

  private summary(found: number, known: number): string {
    const translator = this.translator();
    if (known === 0) return translator.text('search.empty');
    if (this.field.value.trim() === '') return '';
    return found === 0
      ? translator.text('search.none', { count: known })
      : translator.plural('search.results', found);
  }

  private item(certificate: StoredCertificate): HTMLElement {
    const { name, entries } = splitData(certificate.data ?? {});
    const more = entries.map(([, value]) => value).join(' · ') || formatShortCode(certificate.code);
    const button = create(
      'button',
      'result',
      create('span', '', create('span', 'result-name', name), create('span', 'result-more', more)),
      create('span', 'result-action', this.translator().text('search.check')),
    );
    button.type = 'button';
    button.dataset['certificate'] = certificate.certificate;
    button.addEventListener('click', () => this.onChosen(certificate));
    return create('li', '', button);
  }
}

/** Every typed word must begin some word of the certificate's data. */
export function findByName(certificates: readonly StoredCertificate[], typed: string): StoredCertificate[] {
  const words = fold(typed).split(' ').filter(Boolean);
  if (words.length === 0) return [];
  return certificates.filter(({ data }) => {
    const text = ` ${fold(Object.values(data ?? {}).join(' ')).replace(/[-'’,.]/g, ' ')}`;
    return words.every((word) => text.includes(` ${word}`));
  });
}
