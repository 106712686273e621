/** The answer of /api/cluster. */
export interface Overview {
  readonly cluster: string | null;
  readonly view: number;
  readonly silos: readonly Silo[];
}

export interface Silo {
  readonly id: string;
  readonly epoch: string;
  readonly endpoint: string | null;
  readonly state: 'joining' | 'active' | 'leaving';
  readonly leaseAge: number | null;
  readonly leaseLeft: number | null;
  readonly doubt: 'expired' | 'suspected' | 'outvoted' | null;
  readonly statistics: Statistics | null;
  readonly statisticsAge: number | null;
}

export interface Statistics {
  readonly version: string;
  readonly startedAt: string;
  readonly memoryBytes: number;
  readonly grains: readonly Grain[];
}

export interface Grain {
  readonly type: string;
  readonly activations: number;
  readonly callsPerSecond: number;
}

export type Answer =
  | { readonly kind: 'overview'; readonly overview: Overview }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly status: number }
  | { readonly kind: 'unreachable' };

const patienceMs = 5000;

export async function askOverview(token: string): Promise<Answer> {
  try {
    const response = await fetch('/api/cluster', {
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    });
    if (response.status === 401 || response.status === 403) return { kind: 'refused' };
    if (!response.ok) return { kind: 'failed', status: response.status };
    return { kind: 'overview', overview: (await response.json()) as Overview };
  } catch {
    return { kind: 'unreachable' };
  }
}
