import { byId, setText } from '../ui/dom';
import type { Problem } from './problems';
import { typedCode } from './qr-code';
import type { PrintTexts } from './texts';

/** Asks for the terminal's code. */
export class PrintDialog {
  private readonly dialog = byId<HTMLDialogElement>('print-dialog');
  private readonly code = byId<HTMLInputElement>('code');
  private isBusy = false;
  private given = '';

  /** @param print prints by a code; gives what is wrong, or null. */
  constructor(
    private readonly prefix: string,
    private readonly texts: () => PrintTexts,
    private readonly print: (code: string) => Promise<Problem | null>,
  ) {
    byId('print-form').addEventListener('submit', (event) => {
      event.preventDefault();
      // what came by a link goes as it is
      const isGiven = this.code.value !== '' && this.code.value === this.given;
      const code = isGiven ? this.given : typedCode(this.code.value, this.prefix);
      if (code === '') this.tell(this.texts().text('code-missing'));
      else void this.send(code);
    });
    byId('print-close').addEventListener('click', () => this.dialog.close());
  }

  open(code: string): void {
    this.tell('');
    this.code.value = this.given = code;
    this.dialog.showModal();
  }

  private async send(code: string): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    const refused = await this.print(code);
    this.isBusy = false;
    if (refused) this.tell(this.texts().text(refused.key, refused.values));
    else this.dialog.close();
  }

  private tell(words: string): void {
    setText(byId('print-problem'), words);
  }
}
