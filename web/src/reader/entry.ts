import type { Translator } from '../i18n';
import { loadReader } from '../shared/db/readers';
import type { StoredReader } from '../shared/db/records';
import { openDatabase, type OpenEvent } from '../shared/db/schema';
import { countPending } from '../shared/db/tally';
import { Controller } from './controller';
import type { Feedback } from './feedback';
import { openReader, Session, type Refusal } from './session';
import type { Notices } from './ui/notices';
import type { FatalKind, Opening } from './ui/opening';
import { usability } from './usability';

const retryMs = 5_000;

/** Opens a reader, from storage or from the server, and closes it while it cannot be used. */
export class Entry {
  controller: Controller | null = null;
  private session: Session | null = null;

  constructor(
    private readonly uuid: string,
    private readonly translator: () => Translator,
    private readonly opening: Opening,
    private readonly notices: Notices,
    private readonly feedback: Feedback,
    private readonly onStorage: (event: OpenEvent) => void,
  ) {}

  /** The stored configuration opens the reader at once; the server's replaces it when it comes. */
  async open(): Promise<void> {
    try {
      const stored = await loadReader(await openDatabase(this.onStorage), this.uuid);
      if (stored) await this.run(stored);
      else await this.openFirstTime();
    } catch (error) {
      console.error(error);
      this.opening.fatal('storage');
    }
  }

  private async openFirstTime(): Promise<void> {
    const reply = await openReader(this.uuid, this.onStorage);
    if (reply.kind === 'ok') await this.run(reply.value);
    else if (reply.kind === 'refused') await this.refuse(reply);
    else this.waitForNetwork();
  }

  private async run(reader: StoredReader): Promise<void> {
    this.session = new Session(reader, { onChange: () => void this.changed(), onStorage: this.onStorage });
    this.controller = new Controller(this.session, this.translator, this.notices, this.feedback);
    await this.changed();
    const refreshed = this.session.refreshConfiguration();
    await this.controller.start();
    await refreshed;
  }

  private async changed(): Promise<void> {
    const { session, controller } = this;
    if (!session || !controller) return;
    const unusable = usability(session.reader, Date.now() / 1000);
    if (unusable) {
      controller.suspend();
      await this.close(unusable.kind, { time: this.translator().moment(unusable.time) });
    } else if (session.refusal) {
      controller.suspend();
      await this.refuse(session.refusal);
    } else {
      this.opening.hide();
    }
    await controller.refresh();
  }

  private async refuse(refusal: Refusal): Promise<void> {
    if (refusal.status === 404) await this.close('unknown');
    else await this.close('refused', { reason: this.translator().reason(refusal) });
  }

  private async close(kind: FatalKind, values: Readonly<Record<string, string>> = {}): Promise<void> {
    const pending = await countPending(await openDatabase(this.onStorage), this.uuid);
    this.opening.fatal(kind, values, pending);
  }

  private waitForNetwork(): void {
    this.opening.fatal('offline');
    const retry = () => {
      self.clearTimeout(timer);
      self.removeEventListener('online', retry);
      void this.open();
    };
    const timer = self.setTimeout(retry, retryMs);
    self.addEventListener('online', retry);
  }
}
