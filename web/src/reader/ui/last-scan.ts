import type { Translator } from '../../i18n';
import { byId, setText } from '../../ui/dom';
import type { Answer } from '../scan/answer';
import { splitData } from './certificate-text';

/** The last entry or exit made here, to be taken back when it was a mistake. */
export class LastScan {
  private readonly root = byId('last-scan');
  private last: { readonly event: string; readonly name: string; readonly at: number } | null = null;

  constructor(
    private readonly translator: () => Translator,
    private readonly onUndo: (event: string) => void,
  ) {
    byId('last-scan-undo').addEventListener('click', () => {
      const { last } = this;
      this.forget();
      if (last) this.onUndo(last.event);
    });
  }

  remember(answer: Answer): void {
    if (answer.tone !== 'first' && answer.tone !== 'left') return;
    const name = splitData(answer.certificate.data ?? {}).name || answer.certificate.code;
    this.last = { event: answer.event, name, at: Date.now() / 1000 };
    this.render();
  }

  forget(): void {
    this.last = null;
    this.render();
  }

  render(): void {
    const { last } = this;
    this.root.hidden = last === null;
    if (!last) return;
    const time = this.translator().moment(last.at);
    setText(byId('last-scan-text'), this.translator().text('scan.last', { time, name: last.name }));
  }
}
