import { create, setText } from '../ui/dom';
import { Preview } from './preview';
import type { SentFile } from './sent-file';
import type { PrintTexts } from './texts';

let lastId = 0;

/** Which pages, how many copies, both sides. */
export class OptionsForm {
  readonly element = create('details', 'options');
  private readonly summary = create('summary', '');
  private readonly pages = create('input', 'field');
  private readonly copies = create('input', 'field copies');
  private readonly twoSided = create('input', 'check');
  private readonly pagesLabel = create('label', '');
  private readonly pagesHelp = create('p', 'help');
  private readonly copiesLabel = create('label', '');
  private readonly twoSidedLabel = create('span', '');
  private readonly preview: Preview;

  constructor(
    private readonly file: SentFile,
    private readonly texts: () => PrintTexts,
  ) {
    const id = ++lastId;
    this.preview = new Preview(file, texts, () => void file.save());
    // one at a time is unfolded
    this.element.name = 'options';
    this.pages.id = this.pagesLabel.htmlFor = `pages-${id}`;
    this.copies.id = this.copiesLabel.htmlFor = `copies-${id}`;
    this.pagesHelp.id = `pages-help-${id}`;
    this.pages.setAttribute('aria-describedby', this.pagesHelp.id);
    this.pages.autocomplete = 'off';
    this.pages.spellcheck = false;
    this.pages.maxLength = 200;
    this.copies.type = 'number';
    this.copies.min = '1';
    this.copies.inputMode = 'numeric';
    this.twoSided.type = 'checkbox';
    this.element.append(
      this.summary,
      create(
        'div',
        'option-fields',
        create('div', 'option-pages', this.pagesLabel, this.pages, this.pagesHelp),
        create('div', 'option-copies', this.copiesLabel, this.copies),
        create('label', 'head', this.twoSided, this.twoSidedLabel),
      ),
      this.preview.element,
    );
    this.element.addEventListener('input', () => this.read());
    this.element.addEventListener('change', () => void file.save());
    this.element.addEventListener('toggle', () => {
      file.isOpen = this.element.open;
      if (file.isOpen) this.preview.open();
      else this.preview.close();
      void file.refresh();
    });
  }

  show(): void {
    const { file } = this;
    const texts = this.texts();
    this.element.hidden = file.pin === null || !(file.phase === 'ready' || file.canTryAgain);
    const count = file.sheets === null ? null : texts.number(file.sheets);
    const sheets = count === null ? '' : ` · ${texts.text('sheets', { count })}`;
    setText(this.summary, texts.text('options') + sheets);
    setText(this.pagesLabel, texts.text('pages'));
    setText(this.pagesHelp, texts.text('pages-help'));
    setText(this.copiesLabel, texts.text('copies'));
    setText(this.twoSidedLabel, texts.text('two-sided'));
    this.pages.placeholder = texts.text('pages-all');
    const key = file.fault?.key ?? '';
    this.pages.setAttribute('aria-invalid', String(key === 'pages-form' || key === 'beyond'));
    this.copies.setAttribute('aria-invalid', String(key === 'copies-form'));
    // who types keeps what is typed
    if (document.activeElement !== this.pages) this.pages.value = file.options.pages;
    if (document.activeElement !== this.copies) this.copies.value = String(file.options.copies);
    this.twoSided.checked = file.options.twoSided;
    this.preview.show();
  }

  /** When the card goes away. */
  close(): void {
    this.preview.close();
  }

  private read(): void {
    this.file.choose({
      pages: this.pages.value.replace(/\s/g, ''),
      copies: this.copies.valueAsNumber,
      twoSided: this.twoSided.checked,
    });
  }
}
