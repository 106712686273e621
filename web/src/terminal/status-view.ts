import { byId, setText } from '../ui/dom';
import type { Shown } from './job-queue';
import type { TerminalTexts } from './texts';

const thanksMs = 15_000;

/** What is being printed, and for a while what was. */
export class StatusView {
  private shown: Shown | null = null;
  private reason = '';
  private timer = 0;

  constructor(private readonly texts: () => TerminalTexts) {}

  show(shown: Shown | null, reason = ''): void {
    window.clearTimeout(this.timer);
    this.shown = shown;
    this.reason = reason;
    if (shown && shown.state !== 'printing') this.timer = window.setTimeout(() => this.show(null), thanksMs);
    this.render();
  }

  render(): void {
    const now = byId('now');
    now.hidden = this.shown === null;
    if (!this.shown) return;
    const { state, sheet, of, job, waiting } = this.shown;
    now.dataset['state'] = state;
    setText(byId('now-words'), this.words(this.shown));
    const progress = byId<HTMLProgressElement>('now-progress');
    progress.max = Math.max(1, of);
    progress.value = sheet;
    const files = job.files.map(({ name }) => name).join(' · ');
    setText(byId('now-files'), waiting > 0 ? `${files} · ${this.texts().text('more', { waiting })}` : files);
  }

  private words({ state, sheet, of }: Shown): string {
    const texts = this.texts();
    if (state === 'done') return texts.done(of);
    if (state === 'printing')
      return sheet === 0 ? texts.text('now.preparing') : texts.text('now.printing', { sheet, of });
    const reason = texts.knows(this.reason) ? texts.text(this.reason) : this.reason;
    return texts.text(`now.${state}`, { sheet, of, reason });
  }
}
