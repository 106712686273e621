import { openDatabase } from '../shared/db/schema';
import { askForPersistence, isPersisted, wasEvicted } from './storage-guard';
import type { Notices } from './ui/notices';

/** Speaks up before a browser may throw unsent scans away, and when it has. */
export class StorageWatch {
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
    if (await askForPersistence()) this.notices.hide('eviction');
  }

  async warnIfAtRisk(pending: number): Promise<void> {
    if (pending === 0 || (await isPersisted())) {
      this.notices.hide('eviction');
      return;
    }
    this.notices.show('eviction', {
      level: 'warning',
      text: 'notice.eviction',
      actions: [{ label: 'notice.protect', run: () => void this.ask() }],
    });
  }
}
