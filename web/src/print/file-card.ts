import { isUnderWay } from '../printing/jobs';
import { create, setText } from '../ui/dom';
import { jobWords, untilWords } from './job-words';
import { OptionsForm } from './options-form';
import type { SentFile } from './sent-file';
import type { PrintTexts, TextKey } from './texts';

const copiedMs = 2_000;

/** One file on the page. */
export class FileCard {
  readonly element = create('li', 'card file');
  private readonly select = create('input', 'check');
  private readonly name = create('span', 'name');
  private readonly bar = create('progress', 'sending');
  private readonly phase = create('p', 'phase');
  private readonly pin = create('p', 'pin');
  private readonly job = create('p', 'job');
  private readonly problem = create('p', 'problem');
  private readonly expiry = create('p', 'expiry');
  private readonly options: OptionsForm;
  private readonly buttons: Readonly<
    Record<'copy' | 'share' | 'takeBack' | 'again' | 'stop' | 'remove', HTMLButtonElement>
  >;
  private isCopied = false;

  constructor(
    readonly file: SentFile,
    private readonly texts: () => PrintTexts,
    onRetry: () => void,
  ) {
    this.select.type = 'checkbox';
    this.select.addEventListener('change', () => {
      file.isSelected = this.select.checked;
      file.onChange();
    });
    this.bar.max = 1;
    this.job.setAttribute('role', 'status');
    this.problem.setAttribute('role', 'alert');
    this.buttons = {
      copy: button('button-quiet', () => void this.copy()),
      share: button('button-quiet', () => void this.share()),
      takeBack: button('button-quiet', () => void file.takeBack()),
      again: button('button-primary', onRetry),
      stop: button('button-quiet', () => void file.stop()),
      remove: button('button-quiet', () => this.remove()),
    };
    this.options = new OptionsForm(file, texts);
    const { copy, share, takeBack, again, stop, remove } = this.buttons;
    this.element.append(
      create('label', 'head', this.select, this.name),
      this.bar,
      this.phase,
      create('div', 'pin-row', this.pin, copy, share),
      this.job,
      takeBack,
      this.problem,
      this.options.element,
      this.expiry,
      create('div', 'commands', again, stop, remove),
    );
    this.show();
  }

  show(): void {
    const { file } = this;
    const texts = this.texts();
    const { phase } = file;
    const isReady = phase === 'ready';
    const isSending = phase === 'sending' || phase === 'checking';
    setText(this.name, file.name);
    this.select.hidden = !isReady;
    this.select.checked = file.isSelected;
    this.select.setAttribute('aria-label', texts.text('select', { name: file.name }));
    this.bar.hidden = !isSending;
    if (phase === 'checking') this.bar.removeAttribute('value');
    else this.bar.value = file.progress;
    setText(this.phase, this.phaseWords());
    this.phase.hidden = this.phase.textContent === '';
    setText(this.pin, isReady ? (file.pin ?? '') : '');
    this.pin.setAttribute('aria-label', `${texts.text('pin')} ${[...(file.pin ?? '')].join(' ')}`);
    setText(this.job, file.job ? jobWords(file.job, texts) : '');
    this.job.hidden = !file.job;
    this.job.dataset['state'] = file.job?.state ?? '';
    setText(this.problem, file.problem ? texts.text(file.problem.key, file.problem.values) : '');
    setText(this.expiry, isReady ? this.expiryWords() : '');
    this.options.show();
    this.showButtons(texts, isReady, isSending);
  }

  /** When the card goes away. */
  close(): void {
    this.options.close();
    this.element.remove();
  }

  private showButtons(texts: PrintTexts, isReady: boolean, isSending: boolean): void {
    const { copy, share, takeBack, again, stop, remove } = this.buttons;
    const labels: readonly (readonly [HTMLButtonElement, TextKey, boolean])[] = [
      [copy, this.isCopied ? 'copied' : 'copy', isReady && 'clipboard' in navigator],
      [share, 'share', isReady && 'share' in navigator],
      [takeBack, 'take-back', this.file.job?.state === 'queued' && isUnderWay(this.file.job)],
      [again, 'again', this.file.canTryAgain],
      [stop, 'stop', isSending || this.file.phase === 'waiting'],
      [remove, 'remove', isReady || this.file.phase === 'refused'],
    ];
    for (const [element, key, isShown] of labels) {
      setText(element, texts.text(key));
      element.hidden = !isShown;
    }
  }

  private phaseWords(): string {
    const texts = this.texts();
    if (this.file.phase === 'waiting') return texts.text('waiting');
    if (this.file.phase === 'checking') return texts.text('checking');
    if (this.file.phase !== 'sending') return '';
    const part = new Intl.NumberFormat(texts.language, { style: 'percent' }).format(this.file.progress);
    return texts.text('sending', { part });
  }

  private expiryWords(): string {
    const { expiresAt } = this.file;
    const texts = this.texts();
    if (expiresAt === null) return '';
    if (expiresAt <= Date.now()) return texts.text('expired');
    const time = untilWords(expiresAt, Date.now(), texts.language);
    return texts.text('expires', { time, moment: texts.moment(new Date(expiresAt).toISOString()) });
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.file.pin ?? '');
    } catch {
      // not allowed: the pin is there to be read
      return;
    }
    this.isCopied = true;
    this.show();
    window.setTimeout(() => {
      this.isCopied = false;
      this.show();
    }, copiedMs);
  }

  private async share(): Promise<void> {
    const values = { name: this.file.name, pin: this.file.pin ?? '' };
    try {
      await navigator.share({ text: this.texts().text('share-text', values) });
    } catch {
      // put away by the person
    }
  }

  private remove(): void {
    const isSure =
      this.file.phase !== 'ready' ||
      window.confirm(this.texts().text('remove-sure', { name: this.file.name }));
    if (isSure) void (this.file.phase === 'ready' ? this.file.remove() : this.file.stop());
  }
}

function button(kind: string, onClick: () => void): HTMLButtonElement {
  const element = create('button', `button ${kind}`);
  element.type = 'button';
  element.addEventListener('click', onClick);
  return element;
}
