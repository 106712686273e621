import type { Translator } from '../i18n';
import { translatePage } from '../i18n';
import { requestBackgroundSync } from '../bridge/sw-bridge';
import { listenToWedge } from './input/wedge-listener';
import type { Feedback } from './feedback';
import { Desk } from './scan/desk';
import type { Answer } from './scan/answer';
import type { Session, Snapshot } from './session';
import { ReviewWatch } from './review-watch';
import { StorageWatch } from './storage-watch';
import { AnswerView } from './ui/answer-view';
import { CodeForm } from './ui/code-form';
import type { Notices } from './ui/notices';
import { SearchPanel } from './ui/search-panel';
import { Stage } from './ui/stage';
import { StatusBar } from './ui/status-bar';
import { Tabs } from './ui/tabs';

const tickMs = 1_000;

/** Wires one session to the widgets. */
export class Controller {
  private readonly answers: AnswerView;
  private readonly desk: Desk;
  private readonly stage: Stage;
  private readonly statusBar: StatusBar;
  private readonly reviews: ReviewWatch;
  private readonly storage: StorageWatch;
  private readonly search: SearchPanel;
  private snapshot: Snapshot | null = null;
  private refreshing = false;
  private refreshAgain = false;

  constructor(
    private readonly session: Session,
    private readonly translator: () => Translator,
    private readonly notices: Notices,
    private readonly feedback: Feedback,
  ) {
    this.answers = new AnswerView(translator, () => this.render());
    this.desk = new Desk(
      session.judge,
      this.answers,
      (busy) => this.stage.setBusy(busy),
      (answer) => this.answered(answer),
    );
    this.storage = new StorageWatch(notices);
    this.stage = new Stage(
      translator,
      feedback,
      (text) => this.desk.submit(text),
      () => void this.storage.ask(),
    );
    this.statusBar = new StatusBar(() => session.requestSync());
    this.reviews = new ReviewWatch(session, translator, notices, feedback);
    this.search = new SearchPanel(
      translator,
      () => session.certificates(),
      (certificate) => this.desk.submit(certificate),
    );
    this.wireInputs();
    self.setInterval(() => this.render(), tickMs);
  }

  async start(): Promise<void> {
    this.stage.render();
    await this.refresh();
    this.session.start();
    await this.storage.check();
    await this.stage.startIfAllowed();
  }

  /** While this reader may not be used. */
  suspend(): void {
    this.stage.stop();
    this.answers.dismiss();
  }

  /** Counts what changed in the database and shows it. */
  async refresh(): Promise<void> {
    if (this.refreshing) {
      this.refreshAgain = true;
      return;
    }
    this.refreshing = true;
    try {
      this.snapshot = await this.session.snapshot();
      this.notices.hide('database');
      this.reviews.request();
      this.search.refresh();
      this.showRefusal(this.snapshot);
      await this.storage.warnIfAtRisk(this.snapshot.pending);
      await this.desk.recheck(async (event) => this.session.isDecided(event));
    } catch (error) {
      console.error(error);
      this.notices.show('database', { level: 'error', text: 'notice.database', actions: [] });
    } finally {
      this.refreshing = false;
    }
    this.render();
    if (!this.refreshAgain) return;
    this.refreshAgain = false;
    await this.refresh();
  }

  /** In another language, or at the next second. */
  render(): void {
    const { reader, link, isSyncing } = this.session;
    const status = {
      readerName: reader.name || reader.uuid.slice(0, 8),
      campaignName: reader.campaign.name || reader.campaign.slug,
      tally: reader.tally,
      link: link.link,
      pending: this.snapshot?.pending ?? 0,
      lastSync: this.snapshot?.cursor.lastSync ?? null,
      syncing: isSyncing,
    };
    this.statusBar.show(status, this.translator(), Date.now() / 1000);
  }

  retranslate(): void {
    translatePage(this.translator());
    this.stage.render();
    this.notices.render();
    this.reviews.render();
    this.search.refresh();
    this.render();
  }

  private wireInputs(): void {
    const code = new CodeForm(this.translator, async (typed) => {
      const found = await this.session.byCode(typed);
      if (typeof found === 'string') return found;
      this.desk.submit(found);
      return null;
    });
    new Tabs((mode) => {
      if (mode === 'scan') this.stage.resume();
      else this.stage.pause();
      if (mode === 'code') code.focus();
      if (mode === 'search') this.search.open();
    });
    listenToWedge((text) => {
      this.feedback.unlock();
      this.desk.submit(text);
    });
    document.addEventListener('visibilitychange', () => this.visibilityChanged());
    self.addEventListener('online', () => this.session.wake());
    self.addEventListener('offline', () => this.session.wake());
    document.addEventListener('pointerdown', () => this.feedback.unlock(), { once: true });
  }

  private visibilityChanged(): void {
    if (document.visibilityState === 'hidden') {
      this.stage.pause();
      if (this.snapshot && this.snapshot.pending > 0) void requestBackgroundSync();
      return;
    }
    this.session.wake();
    this.stage.resume();
  }

  private answered(answer: Answer): void {
    this.feedback.play(answer.tone);
    if (answer.certificate && answer.tone !== 'refused')
      void this.showMetadata(answer.certificate.certificate);
    void this.refresh();
    const isWaiting = (answer.tone === 'first' && answer.local) || answer.tone === 'unconfirmed';
    if (!isWaiting) return;
    this.session.requestSync();
    void requestBackgroundSync();
  }

  private async showMetadata(certificate: string): Promise<void> {
    this.answers.showMetadata(certificate, await this.session.metadata(certificate));
  }

  private showRefusal({ cursor }: Snapshot): void {
    if (!cursor.refusal) {
      this.notices.hide('refused');
      return;
    }
    const reason = this.translator().reason(cursor.refusal);
    this.notices.show('refused', { level: 'error', text: 'notice.refused', values: { reason }, actions: [] });
  }
}
