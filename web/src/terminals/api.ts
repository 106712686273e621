import type { JobState } from '../printing/jobs';

export interface Terminal {
  readonly id: string;
  readonly name: string;
  readonly connected: boolean;
  readonly seenAt: string | null;
  readonly waiting: number;
  readonly jobs: readonly TerminalJob[];
}

export interface TerminalJob {
  readonly id: string;
  readonly files: number;
  readonly sheets: number;
  readonly state: JobState;
  readonly sheet: number | null;
  readonly reason: string | null;
  readonly queuedAt: string;
}

export interface Statistics {
  readonly by: string;
  readonly rows: readonly Row[];
  readonly prints: number;
  readonly sheets: number;
  readonly isCut: boolean;
}

export interface Row {
  readonly key: string;
  readonly label: string;
  readonly prints: number;
  readonly sheets: number;
}

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly status: number; readonly code: string }
  | { readonly kind: 'unreachable' };

const patienceMs = 10_000;

/** What staff ask, by a token. */
export class StaffApi {
  constructor(private readonly token: string) {}

  terminals(): Promise<Answer<readonly Terminal[]>> {
    return this.ask(
      'terminals',
      {},
      async (response) => ((await response.json()) as { terminals: Terminal[] }).terminals,
    );
  }

  command(id: string, command: 'update' | 'reboot'): Promise<Answer<null>> {
    return this.post(`terminals/${encodeURIComponent(id)}/commands`, { command });
  }

  pair(code: string, name: string): Promise<Answer<null>> {
    return this.post('terminals/pair', { code, name });
  }

  statistics(query: URLSearchParams): Promise<Answer<Statistics>> {
    return this.ask(
      `statistics?${query.toString()}`,
      {},
      async (response) => (await response.json()) as Statistics,
    );
  }

  csv(query: URLSearchParams): Promise<Answer<Blob>> {
    return this.ask(`statistics?${query.toString()}&format=csv`, {}, (response) => response.blob());
  }

  private post(route: string, body: unknown): Promise<Answer<null>> {
    const headers = { 'content-type': 'application/json' };
    return this.ask(route, { method: 'POST', headers, body: JSON.stringify(body) }, () =>
      Promise.resolve(null),
    );
  }

  private async ask<T>(
    route: string,
    init: { method?: string; headers?: Record<string, string>; body?: string },
    read: (response: Response) => Promise<T>,
  ): Promise<Answer<T>> {
    try {
      const response = await fetch(`/api/print/${route}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${this.token}` },
        cache: 'no-store',
        signal: AbortSignal.timeout(patienceMs),
      });
      if (response.status === 401 || response.status === 403) return { kind: 'refused' };
      if (!response.ok) return { kind: 'failed', status: response.status, code: await code(response) };
      return { kind: 'ok', value: await read(response) };
    } catch {
      return { kind: 'unreachable' };
    }
  }
}

async function code(response: Response): Promise<string> {
  try {
    return ((await response.json()) as { code?: string }).code ?? '';
  } catch {
    return '';
  }
}
