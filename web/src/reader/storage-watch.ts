import { openDatabase } from '../shared/db/schema';
import { askForPersistence, isPersisted, wasEvicted } from './storage-guard';
import type { Notices } from './ui/notices';

/** Speaks up before a browser may throw unsent scans away, and when it has. */
export class StorageWatch {
  private refused = false;

  constructor(private readonly notices: Notices) {}

  async check(): Promise<void> {
    if (!(await wasEvicted(await openDatabase()))) return;
    const understood = () => this.notices.hide('evicted');
    this.notices.show('evicted', {
      level: 'error',
      text: 'notice.evicted',
      actions: [{ label: 'notice.understood', run: understood }],
    });
  }

  async ask(): Promise<void> {
    this.refused = !(await askForPersistence());
    if (!this.refused) this.notices.hide('eviction');
  }

  async warnIfAtRisk(pending: number): Promise<void> {
    if (pending === 0 || (await isPersisted())) {
      this.notices.hide('eviction');
      return;
    }
    const protect = () => void this.ask().then(() => this.warnIfAtRisk(pending));
    this.notices.show('eviction', {
      level: 'warning',
      text: this.refused ? 'notice.eviction-refused' : 'notice.eviction',
      actions: this.refused ? [] : [{ label: 'notice.protect', run: protect }],
    });
  }
}
