import type { Translator } from '../i18n';
import type { ReviewItem } from '../shared/tally/review';
import type { Feedback } from './feedback';
import type { Session } from './session';
import type { Notices } from './ui/notices';
import { ReviewList } from './ui/review-list';

const minPauseMs = 250;
/** A phone with very many scans looks for trouble more rarely, so that scanning stays quick. */
const pausePerWork = 20;

/** Keeps the list of conflicts up to date, and speaks up when a new one appears. */
export class ReviewWatch {
  private readonly list: ReviewList;
  private items: readonly ReviewItem[] = [];
  private known: number | null = null;
  private timer: number | null = null;
  private pauseMs = 0;

  constructor(
    private readonly session: Session,
    translator: () => Translator,
    private readonly notices: Notices,
    private readonly feedback: Feedback,
  ) {
    this.list = new ReviewList(
      translator,
      () => session.reader.uuid,
      (certificate) => session.certificate(certificate),
    );
  }

  /** Something changed: look soon, once for many changes. */
  request(): void {
    this.timer ??= self.setTimeout(() => void this.look(), this.pauseMs);
  }

  render(): void {
    this.list.show(this.items);
  }

  private async look(): Promise<void> {
    this.timer = null;
    const startedAt = performance.now();
    try {
      this.items = await this.session.review();
    } catch {
      // a storage that does not answer is reported where it is written
      return;
    } finally {
      this.pauseMs = Math.max(minPauseMs, (performance.now() - startedAt) * pausePerWork);
    }
    this.render();
    const conflicts = this.items.filter(({ kind }) => kind === 'conflict').length;
    if (this.known !== null && conflicts > this.known) this.announce();
    this.known = conflicts;
  }

  private announce(): void {
    this.feedback.play('unconfirmed');
    const see = () => {
      this.notices.hide('conflict');
      this.list.open();
    };
    this.notices.show('conflict', {
      level: 'warning',
      text: 'notice.conflict',
      actions: [{ label: 'notice.see', run: see }],
    });
  }
}
