import type { PDFDocumentProxy } from 'pdfjs-dist';
import { pageNumbers } from '../printing/pages';
import { openPdf, renderPage } from '../printing/pdf';
import { create, setText } from '../ui/dom';
import { togglePage } from './page-choice';
import type { SentFile } from './sent-file';
import type { PrintTexts } from './texts';

const shownAtOnce = 12;
const dotsPerInch = 22;

/** One file is open at a time: they share the library's worker. */
let last: Promise<void> = Promise.resolve();

/** Small pictures of the pages, a dozen at a time; a tap leaves a page out or takes it in. */
export class Preview {
  readonly element = create('div', 'preview');
  private readonly help = create('p', 'help');
  private readonly grid = create('div', 'thumbnails');
  private readonly earlier = create('button', 'button button-quiet');
  private readonly later = create('button', 'button button-quiet');
  private first = 1;
  private isWanted = false;
  private hasFailed = false;
  private pdf: PDFDocumentProxy | null = null;

  constructor(
    private readonly file: SentFile,
    private readonly texts: () => PrintTexts,
    private readonly onChosen: () => void,
  ) {
    for (const [button, by] of [
      [this.earlier, -shownAtOnce],
      [this.later, shownAtOnce],
    ] as const) {
      button.type = 'button';
      button.addEventListener('click', () => {
        this.first += by;
        void this.draw();
      });
    }
    this.element.append(this.help, this.grid, create('div', 'commands', this.earlier, this.later));
  }

  open(): void {
    this.isWanted = true;
    last = last.then(() => this.load());
  }

  /** Lets go of the memory, which phones have little of. */
  close(): void {
    this.isWanted = false;
    last = last.then(() => this.unload());
  }

  show(): void {
    const texts = this.texts();
    const count = this.pdf?.numPages ?? 0;
    setText(this.help, this.hasFailed ? texts.text('preview-failed') : texts.text('preview-help'));
    this.help.hidden = !this.hasFailed && count === 0;
    setText(this.earlier, texts.text('earlier'));
    setText(this.later, texts.text('later'));
    this.earlier.hidden = this.first === 1;
    this.later.hidden = this.first + shownAtOnce > count;
    const chosen = this.chosen(count);
    for (const button of this.grid.querySelectorAll<HTMLButtonElement>('button')) {
      const page = Number(button.dataset['page']);
      button.setAttribute('aria-pressed', String(chosen.includes(page)));
      button.setAttribute('aria-label', texts.text('page', { page }));
    }
  }

  private async load(): Promise<void> {
    if (!this.isWanted || this.pdf) return;
    try {
      const content = await this.file.content();
      this.pdf = content && this.isWanted ? await openPdf(content) : null;
      this.hasFailed = content === null;
    } catch {
      // the library cannot read what the server could, or the other way round
      this.hasFailed = true;
    }
    this.show();
    await this.draw();
  }

  private async unload(): Promise<void> {
    const { pdf } = this;
    this.pdf = null;
    this.first = 1;
    this.grid.replaceChildren();
    await pdf?.destroy();
  }

  private async draw(): Promise<void> {
    const { pdf, first } = this;
    if (!pdf) return;
    const end = Math.min(pdf.numPages, first + shownAtOnce - 1);
    const buttons = Array.from({ length: end - first + 1 }, (_, i) => this.button(first + i));
    this.grid.replaceChildren(...buttons);
    this.show();
    for (const [i, button] of buttons.entries()) {
      if (this.pdf !== pdf || this.first !== first) return;
      try {
        const { canvas } = await renderPage(pdf, first + i, dotsPerInch * Math.min(2, devicePixelRatio));
        button.prepend(canvas);
      } catch {
        // closed meanwhile, or one page that cannot be drawn: its number is enough
      }
    }
  }

  private button(page: number): HTMLButtonElement {
    const button = create('button', 'thumbnail', create('span', '', String(page)));
    button.type = 'button';
    button.dataset['page'] = String(page);
    button.addEventListener('click', () => this.toggle(page));
    return button;
  }

  private toggle(page: number): void {
    const count = this.pdf?.numPages ?? 0;
    const pages = togglePage(this.chosen(count), page, count);
    // the last page stays: printing nothing is no wish
    if (pages === null) return;
    this.file.choose({ ...this.file.options, pages });
    this.onChosen();
  }

  private chosen(count: number): readonly number[] {
    const numbers = pageNumbers(this.file.options.pages, count);
    return typeof numbers === 'string' ? [] : numbers;
  }
}
