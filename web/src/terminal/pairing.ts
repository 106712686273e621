export interface Confirmed {
  readonly token: string;
  readonly name: string;
}

interface Opened {
  readonly id: string;
  readonly code: string;
}

interface Claimed {
  readonly state: 'waiting' | 'confirmed';
  readonly token: string | null;
  readonly name: string | null;
}

const pollMs = 2_000;
const retryMs = 10_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Shows code after code until the staff confirm one. */
export async function pair(
  show: (code: string | null) => void,
  pause: (ms: number) => Promise<void> = wait,
): Promise<Confirmed> {
  for (;;) {
    const opened = await open();
    show(opened?.code ?? null);
    if (!opened) {
      await pause(retryMs);
      continue;
    }
    for (;;) {
      await pause(pollMs);
      const claimed = await claim(opened.id);
      if (claimed === 'gone') break;
      if (claimed?.state === 'confirmed' && claimed.token) {
        return { token: claimed.token, name: claimed.name ?? '' };
      }
    }
  }
}

async function open(): Promise<Opened | null> {
  try {
    const answer = await fetch('/api/print/pairings', { method: 'POST' });
    return answer.ok ? ((await answer.json()) as Opened) : null;
  } catch {
    return null;
  }
}

/** Null when the server said nothing: the code may still be good. */
async function claim(id: string): Promise<Claimed | 'gone' | null> {
  try {
    const answer = await fetch(`/api/print/pairings/${encodeURIComponent(id)}`, { cache: 'no-store' });
    if (answer.status === 404) return 'gone';
    return answer.ok ? ((await answer.json()) as Claimed) : null;
  } catch {
    return null;
  }
}
