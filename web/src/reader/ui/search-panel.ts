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

  constructor(
    private readonly translator: () => Translator,
    private readonly list: () => Promise<readonly StoredCertificate[]>,
    private readonly onChosen: (certificate: StoredCertificate) => void,
  ) {
    this.field.addEventListener('input', () => {
      self.clearTimeout(this.timer);
      this.timer = self.setTimeout(() => void this.search(), typingPauseMs);
    });
  }

  open(): void {
    this.field.focus();
    void this.search();
  }

  private async search(): Promise<void> {
    const named = (await this.list()).filter(({ data }) => data !== null);
    const found = findByName(named, this.field.value);
    setText(byId('search-status'), this.summary(found.length, named.length));
    this.results.replaceChildren(...found.slice(0, maxResults).map((certificate) => this.item(certificate)));
  }

  private summary(found: number, known: number): string {
    const translator = this.translator();
    if (known === 0) return translator.text('search.empty');
    if (this.field.value.trim() === '') return '';
    return translator.text(found === 0 ? 'search.none' : 'search.results', {
      count: found === 0 ? known : found,
    });
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
