import type { MessageKey, Translator } from '../../i18n';
import type { StoredCertificate, TallyRecord } from '../../shared/db/records';
import type { ReviewItem } from '../../shared/tally/review';
import { byId, create, setText } from '../../ui/dom';
import { splitData } from './certificate-text';

/** The list of what a person should look at: certificates seen twice, scans refused afterwards. */
export class ReviewList {
  private readonly dialog = byId<HTMLDialogElement>('review-dialog');
  private readonly button = byId<HTMLButtonElement>('review');
  private items: readonly ReviewItem[] = [];

  constructor(
    private readonly translator: () => Translator,
    private readonly reader: () => string,
    private readonly find: (certificate: string) => Promise<StoredCertificate | null>,
  ) {
    this.button.addEventListener('click', () => this.open());
    byId('review-close').addEventListener('click', () => this.dialog.close());
  }

  show(items: readonly ReviewItem[]): void {
    this.items = items;
    this.button.hidden = items.length === 0;
    this.button.dataset['count'] = String(items.length);
    setText(byId('review-count'), this.translator().plural('review.button', items.length));
    if (this.dialog.open) void this.render();
  }

  open(): void {
    void this.render();
    if (!this.dialog.open) this.dialog.showModal();
  }

  private async render(): Promise<void> {
    const rows = await Promise.all(this.items.slice(0, 200).map((item) => this.row(item)));
    byId('review-list').replaceChildren(...rows);
  }

  private async row(item: ReviewItem): Promise<HTMLElement> {
    const translator = this.translator();
    const certificate = await this.find(item.certificate);
    const name = splitData(certificate?.data ?? {}).name || item.certificate.slice(0, 8);
    const row = create(
      'li',
      'review-item',
      create('p', 'review-kind', translator.text(`review.${item.kind}` satisfies MessageKey)),
      create('p', 'review-name', name),
      create('p', '', this.explain(item, certificate, translator)),
    );
    row.dataset['kind'] = item.kind;
    row.dataset['certificate'] = item.certificate;
    return row;
  }

  private explain(item: ReviewItem, certificate: StoredCertificate | null, translator: Translator): string {
    if (item.kind === 'conflict') {
      return translator.text('review.conflict-text', {
        firstTime: translator.moment(item.first.time),
        firstReader: this.nameOf(item.first, translator),
        laterTime: translator.moment(item.later.time),
        laterReader: this.nameOf(item.later, translator),
      });
    }
    const { record } = item;
    const reason = record.refusal ?? refusalText(record, certificate, translator);
    return `${translator.moment(record.time)} · ${reason}`;
  }

  private nameOf(record: TallyRecord, translator: Translator): string {
    if (record.reader === this.reader()) return translator.text('review.you');
    return record.reader_name || translator.text('review.unknown-reader');
  }
}

function refusalText(
  record: TallyRecord,
  certificate: StoredCertificate | null,
  translator: Translator,
): string {
  const moment = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? '' : translator.moment(seconds);
  switch (record.outcome) {
    case 'revoked':
    case 'foreign':
    case 'unknown':
      return translator.text(`refused.${record.outcome}`);
    case 'expired':
      return translator.text('refused.expired', { time: moment(certificate?.validityEnd) });
    case 'early':
      return translator.text('refused.early', { time: moment(certificate?.validityStart) });
    default:
      return '';
  }
}
