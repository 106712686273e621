import type { MessageKey, Translator } from '../../i18n';
import { formatShortCode } from '../../shared/codec/short-code';
import { byId, create, setText, useIcon } from '../../ui/dom';
import type { Answer } from '../scan/answer';
import { splitData } from './certificate-text';

const dismissAfterMs = 2_500;
const localDismissAfterMs = 4_000;
const metadataDismissAfterMs = 6_000;
/** Nobody stands beside a kiosk to put its answers away. */
const kioskDismissAfterMs = 5_000;
/** A yes makes room quickly for the next in the queue, anything else wants to be read. */
const holdMs = 700;
const troubleHoldMs = 2_000;

/** The answer, over everything: colour, icon and words; a yes goes away by itself. */
export class AnswerView {
  private readonly dialog = byId<HTMLDialogElement>('answer');
  private timer: number | null = null;
  private shownAt = 0;
  private current: Answer | null = null;
  /** Answers of all kinds go away by themselves, and nothing can be taken back. */
  kiosk = false;
  /** What a yes has to say beside itself. */
  warning: () => string = () => '';

  constructor(
    private readonly translator: () => Translator,
    private readonly onDismissed: () => void,
    private readonly onUndo: (event: string) => void,
  ) {
    byId('answer-undo').addEventListener('click', () => {
      const answer = this.current;
      if (answer && isEvent(answer)) this.onUndo(answer.event);
    });
    this.dialog.addEventListener('click', () => this.dismiss());
    this.dialog.addEventListener('close', () => this.closed());
  }

  get answer(): Answer | null {
    return this.current;
  }

  whenFree(): Promise<void> {
    if (!this.current) return Promise.resolve();
    const isYes = ['first', 'left', 'valid'].includes(this.current.tone);
    const leftMs = (isYes ? holdMs : troubleHoldMs) - (performance.now() - this.shownAt);
    return leftMs <= 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          self.setTimeout(resolve, leftMs);
          this.dialog.addEventListener('close', () => resolve(), { once: true });
        });
  }

  show(answer: Answer): void {
    const translator = this.translator();
    this.current = answer;
    this.shownAt = performance.now();
    const { tone } = answer;
    const isLocal = isEvent(answer) && answer.local;
    this.dialog.dataset['tone'] = tone;
    this.dialog.dataset['local'] = String(isLocal);
    this.dialog.dataset['reason'] = tone === 'refused' ? answer.reason : '';
    this.dialog.dataset['certificate'] = answer.certificate?.certificate ?? '';
    useIcon(byId('answer-use'), tone);
    setText(byId('answer-word'), translator.text(isLocal ? `answer.${answer.tone}-local` : `answer.${tone}`));
    setText(byId('answer-mark'), isLocal ? translator.text('answer.local-mark') : '');
    byId('answer-reason').replaceChildren(
      ...reasons(answer, translator).map((line) => create('p', '', line)),
    );
    this.showData(answer, translator);
    const warning = tone === 'first' ? this.warning() : '';
    setText(byId('answer-notes'), [...(warning ? [warning] : []), ...notes(answer, translator)].join('\n'));
    byId('answer-undo').hidden = this.kiosk || !isEvent(answer);
    byId('answer-metadata').replaceChildren();
    if (!this.dialog.open) this.dialog.showModal();
    byId('answer-dismiss').focus();
    this.dialog.querySelector('.answer-body')!.scrollTop = 0;
    const goesAwayMs = isLocal ? localDismissAfterMs : dismissAfterMs;
    this.startTimer(isEvent(answer) ? goesAwayMs : this.kiosk ? kioskDismissAfterMs : null);
  }

  /** What this reader may read beyond the certificate's data; keeps the answer until the person is done. */
  showMetadata(certificate: string, metadata: Readonly<Record<string, string>> | null): void {
    if (this.current?.certificate?.certificate !== certificate) return;
    const translator = this.translator();
    if (metadata === null) {
      byId('answer-metadata').replaceChildren(create('p', '', translator.text('answer.metadata-offline')));
      return;
    }
    const entries = Object.entries(metadata);
    if (entries.length === 0) return;
    if (this.timer !== null) this.startTimer(metadataDismissAfterMs);
    byId('answer-metadata').replaceChildren(
      create('p', '', translator.text('answer.metadata')),
      create(
        'dl',
        '',
        ...entries.flatMap(([key, value]) => [create('dt', '', key), create('dd', '', value)]),
      ),
    );
  }

  dismiss(): void {
    if (this.dialog.open) this.dialog.close();
  }

  private showData(answer: Answer, translator: Translator): void {
    const { certificate } = answer;
    const { name, entries } = splitData(certificate?.data ?? {});
    setText(
      byId('answer-name'),
      name ||
        (certificate ? translator.text('answer.code', { code: formatShortCode(certificate.code) }) : ''),
    );
    byId('answer-data').replaceChildren(
      ...entries.flatMap(([key, value]) => [create('dt', '', key), create('dd', '', value)]),
    );
  }

  private startTimer(delayMs: number | null): void {
    if (this.timer !== null) self.clearTimeout(this.timer);
    this.timer = delayMs === null ? null : self.setTimeout(() => this.dismiss(), delayMs);
  }

  private closed(): void {
    this.startTimer(null);
    this.current = null;
    this.onDismissed();
  }
}

/** An entry or exit that was taken: it can be taken back. */
const isEvent = (answer: Answer): answer is Extract<Answer, { tone: 'first' | 'left' }> =>
  answer.tone === 'first' || answer.tone === 'left';

export function reasons(answer: Answer, translator: Translator): string[] {
  const time = (seconds: number) => translator.moment(seconds);
  switch (answer.tone) {
    case 'seen': {
      const { first } = answer;
      if (!first) return [translator.text('answer.seen-unknown')];
      const ago = translator.ago(Math.max(0, Date.now() / 1000 - first.time));
      const values = { ago, time: time(first.time), reader: first.readerName };
      return [
        first.mine || first.readerName
          ? translator.text(first.mine ? 'answer.seen-by-you' : 'answer.seen-by', values)
          : translator.text('answer.seen-unknown'),
        ...(first.pending ? [translator.text('answer.seen-pending')] : []),
      ];
    }
    case 'refused': {
      const values = { time: answer.time === null ? '' : time(answer.time), reason: answer.detail };
      return [translator.text(`refused.${answer.reason}` satisfies MessageKey, values)];
    }
    case 'unconfirmed':
      return answer.ownScanAt === null
        ? [translator.text('answer.unconfirmed-note')]
        : [translator.text('answer.unconfirmed-again', { time: time(answer.ownScanAt) })];
    case 'first':
    case 'left':
      return answer.ownScanAt === null
        ? []
        : [translator.text('answer.confirmed-own', { time: time(answer.ownScanAt) })];
    case 'valid':
      return [];
  }
}

export function notes(answer: Answer, translator: Translator): string[] {
  const lines: string[] = [];
  if (isEvent(answer) && answer.local) lines.push(translator.text('answer.local-note'));
  if (answer.outdated) lines.push(translator.text('answer.outdated'));
  const end = answer.certificate?.validityEnd ?? null;
  if (end !== null && answer.tone !== 'refused' && answer.tone !== 'left') {
    lines.push(translator.text('answer.valid-until', { time: translator.moment(end) }));
  }
  return lines;
}
