import type { MessageKey, Translator } from '../../i18n';
import { byId, setText } from '../../ui/dom';

export type FatalKind = 'unknown' | 'expired' | 'early' | 'refused' | 'offline' | 'storage';

/** What is there before, or instead of, the reader. */
export class Opening {
  private readonly root = byId('opening');
  private readonly retry = byId<HTMLButtonElement>('opening-retry');
  private repeat: () => void = () => {};

  constructor(
    private readonly translator: () => Translator,
    onRetry: () => void,
  ) {
    this.retry.addEventListener('click', onRetry);
  }

  /** Says the same again, in the language of now. */
  retranslate(): void {
    if (!this.root.hidden) this.repeat();
  }

  loading(): void {
    this.repeat = () => this.loading();
    this.show('', this.translator().text('loading'), false);
  }

  fatal(kind: FatalKind, values: Readonly<Record<string, string>> = {}, pending = 0): void {
    this.repeat = () => this.fatal(kind, values, pending);
    const translator = this.translator();
    this.root.dataset['fatal'] = kind;
    this.show(translator.text(`fatal.${kind}.title`), translator.text(`fatal.${kind}`, values), true);
    setText(byId('opening-pending'), pending > 0 ? translator.plural('fatal.pending', pending) : '');
  }

  insecure(): void {
    this.repeat = () => this.insecure();
    this.root.dataset['fatal'] = 'insecure';
    this.show('', this.translator().text('fatal.insecure' satisfies MessageKey), false);
  }

  hide(): void {
    this.root.hidden = true;
    byId('app').hidden = false;
  }

  private show(title: string, text: string, canRetry: boolean): void {
    byId('app').hidden = true;
    this.root.hidden = false;
    setText(byId('opening-title'), title);
    setText(byId('opening-text'), text);
    this.retry.hidden = !canRetry;
  }
}
