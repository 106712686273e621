const storageKey = 'actors.kiosk';
const iterations = 200_000;
const freeTries = 5;
const firstWaitMs = 30_000;
const maxWaitMs = 900_000;
const minLength = 4;

interface StoredLock {
  readonly salt: string;
  readonly hash: string;
  readonly tries: number;
  readonly waitUntil: number;
}

export type Unlocking = 'unlocked' | 'wrong' | { readonly waitSeconds: number };

/** The code of a reader that stands alone: kept as a slow hash, guesses wait, and a reload changes neither. */
export class KioskLock {
  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = localStorage,
    private readonly now: () => number = Date.now,
  ) {}

  get isLocked(): boolean {
    return this.storage.getItem(storageKey) !== null;
  }

  /** False when the code is too short. */
  async lock(code: string): Promise<boolean> {
    if (code.length < minLength) return false;
    const salt = toHex(crypto.getRandomValues(new Uint8Array(16)));
    this.store({ salt, hash: await hashOf(code, salt), tries: 0, waitUntil: 0 });
    return true;
  }

  async unlock(code: string): Promise<Unlocking> {
    const lock = this.load();
    if (!lock) return 'unlocked';
    const leftMs = lock.waitUntil - this.now();
    if (leftMs > 0) return { waitSeconds: Math.ceil(leftMs / 1000) };
    if ((await hashOf(code, lock.salt)) === lock.hash) {
      this.storage.removeItem(storageKey);
      return 'unlocked';
    }
    const tries = lock.tries + 1;
    const waitMs =
      tries < freeTries ? 0 : Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(10, tries - freeTries));
    this.store({ ...lock, tries, waitUntil: this.now() + waitMs });
    return waitMs > 0 ? { waitSeconds: Math.ceil(waitMs / 1000) } : 'wrong';
  }

  private load(): StoredLock | null {
    const stored = this.storage.getItem(storageKey);
    return stored === null ? null : (JSON.parse(stored) as StoredLock);
  }

  private store(lock: StoredLock): void {
    this.storage.setItem(storageKey, JSON.stringify(lock));
  }
}

async function hashOf(code: string, salt: string): Promise<string> {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', bytes.encode(code), 'PBKDF2', false, ['deriveBits']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes.encode(salt), iterations };
  return toHex(new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256)));
}

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
