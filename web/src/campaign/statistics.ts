/** The answer of /api/campaigns/{slug}/statistics, as far as the page shows it. */
export interface Statistics {
  readonly seen: number;
  readonly inside: number;
  readonly entries: number;
  readonly exits: number;
  readonly capacity?: number | null;
  readonly gates: readonly Gate[];
  readonly readers: readonly Reader[];
  readonly quarters: readonly Quarter[];
}

export interface Gate {
  readonly gate: string;
  readonly entries: number;
  readonly exits: number;
}

export interface Reader {
  readonly readerName: string;
  readonly seen: number;
  readonly first: number;
  readonly lastReceivedTime: string;
}

export interface Quarter {
  readonly start: string;
  readonly entries: number;
  readonly exits: number;
  readonly refused: number;
}

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly status: number }
  | { readonly kind: 'unreachable' };

const patienceMs = 10_000;

export const askStatistics = (slug: string, token: string): Promise<Answer<Statistics>> =>
  ask(slug, 'statistics', token, async (response) => (await response.json()) as Statistics);

export const askCsv = (slug: string, token: string): Promise<Answer<Blob>> =>
  ask(slug, 'statistics.csv', token, (response) => response.blob());

async function ask<T>(
  slug: string,
  route: string,
  token: string,
  read: (response: Response) => Promise<T>,
): Promise<Answer<T>> {
  try {
    const response = await fetch(`/api/campaigns/${encodeURIComponent(slug)}/${route}`, {
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.status === 401 || response.status === 403) return { kind: 'refused' };
    if (response.status === 404) return { kind: 'unknown' };
    if (!response.ok) return { kind: 'failed', status: response.status };
    return { kind: 'ok', value: await read(response) };
  } catch {
    return { kind: 'unreachable' };
  }
}
