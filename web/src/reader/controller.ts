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
import { CounterView, isFull } from './ui/counter-view';
import { DirectionSwitch } from './ui/direction-switch';
import { Kiosk } from './ui/kiosk';
import { LastScan } from './ui/last-scan';
import type { Notices } from './ui/notices';
import { SearchPanel } from './ui/search-panel';
import { Stage } from './ui/stage';
import { StatusBar } from './ui/status-bar';
import { Tabs } from './ui/tabs';

const tickMs = 1_000;
const undoneMs = 4_000;
/** What a person showed; whatever else the camera met is not worth a row of the log. */
const recordedRefusals: readonly string[] = ['forged', 'foreign', 'expired', 'early', 'revoked'];

/** Wires one session to the widgets. */
export class Controller {
  private readonly answers: AnswerView;
  private readonly desk: Desk;
  private readonly stage: Stage;
  private readonly statusBar: StatusBar;
  private readonly reviews: ReviewWatch;
  private readonly storage: StorageWatch;
  private readonly search: SearchPanel;
  private readonly counter: CounterView;
  private readonly direction: DirectionSwitch;
  private readonly lastScan: LastScan;
  private readonly kiosk: Kiosk;
  private snapshot: Snapshot | null = null;
  private refreshing = false;
  private refreshAgain = false;

  constructor(
    private readonly session: Session,
    private readonly translator: () => Translator,
    private readonly notices: Notices,
    private readonly feedback: Feedback,
  ) {
    this.answers = new AnswerView(
      translator,
      () => this.render(),
      (event) => void this.undo(event),
    );
    this.answers.warning = () => this.fullText();
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
    this.counter = new CounterView(
      translator,
      () => session.heard(),
      () => session.refreshContacts(),
      (full) => this.fullChanged(full),
    );
    this.direction = new DirectionSwitch(
      () => session.direction,
      (direction) => {
        session.chosen = direction;
        this.render();
      },
    );
    this.lastScan = new LastScan(translator, (event) => void this.undo(event));
    this.kiosk = new Kiosk(translator, (isLocked) => (this.answers.kiosk = isLocked));
    this.wireInputs();
    self.setInterval(() => this.render(), tickMs);
  }

  async start(): Promise<void> {
    this.stage.render();
    this.kiosk.render();
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
    this.counter.show(this.snapshot?.counters ?? null, Date.now() / 1000);
    this.direction.show(reader);
  }

  retranslate(): void {
    translatePage(this.translator());
    this.stage.render();
    this.kiosk.render();
    this.lastScan.render();
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
    this.lastScan.remember(answer);
    if (answer.tone === 'refused' && recordedRefusals.includes(answer.reason)) {
      void this.session.refused(answer.certificate?.certificate ?? '', answer.reason);
    }
    if (answer.certificate && answer.tone !== 'refused')
      void this.showMetadata(answer.certificate.certificate);
    void this.refresh();
    const isLocal = (answer.tone === 'first' || answer.tone === 'left') && answer.local;
    const isWaiting = isLocal || answer.tone === 'unconfirmed';
    if (!isWaiting) return;
    this.session.requestSync();
    void requestBackgroundSync();
  }

  private async showMetadata(certificate: string): Promise<void> {
    this.answers.showMetadata(certificate, await this.session.metadata(certificate));
  }

  private async undo(event: string): Promise<void> {
    await this.session.undo(event);
    this.lastScan.forget();
    this.notices.show('undone', { level: 'info', text: 'notice.undone', actions: [] });
    self.setTimeout(() => this.notices.hide('undone'), undoneMs);
    await this.refresh();
  }

  private fullText(): string {
    const counters = this.snapshot?.counters;
    return counters && isFull(counters) ? this.translator().text('answer.full', this.fullValues()) : '';
  }

  private fullValues(): Record<string, string> {
    const { inside, limit } = this.snapshot!.counters!;
    return { inside: String(inside), limit: String(limit) };
  }

  private fullChanged(full: boolean): void {
    if (!full) {
      this.notices.hide('full');
      return;
    }
    this.feedback.play('refused');
    this.notices.show('full', {
      level: 'error',
      text: 'notice.full',
      values: this.fullValues(),
      actions: [],
    });
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
