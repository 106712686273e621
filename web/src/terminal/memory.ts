const storageKey = 'actors.terminal.printed';
const kept = 200;

/** The jobs that this kiosk has begun, also before the page was loaded again: none of them is printed twice. */
export class PrintedJobs {
  private readonly ids: string[];

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage) {
    this.ids = read(storage.getItem(storageKey));
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  /** Throws where nothing can be stored: then nothing may be printed either. */
  remember(id: string): void {
    const ids = [...this.ids, id].slice(-kept);
    this.storage.setItem(storageKey, JSON.stringify(ids));
    this.ids.splice(0, this.ids.length, ...ids);
  }
}

function read(text: string | null): string[] {
  try {
    const ids: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
