import type { Delivery, Device, NoticePage, Wishes } from './contracts';

/** The server's refusal, or no answer at all (code `offline`). */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const patienceMs = 15_000;

/** The routes of one user. */
export class UserApi {
  constructor(private readonly token: string) {}

  list(onlyNew: boolean, cursor: string | null): Promise<NoticePage> {
    const query = new URLSearchParams({ new: String(onlyNew), limit: '20' });
    if (cursor) query.set('cursor', cursor);
    return this.ask('GET', `/push/notifications?${query.toString()}`);
  }

  mark(id: string, verb: 'ack' | 'forget'): Promise<unknown> {
    return this.ask('POST', `/push/notifications/${encodeURIComponent(id)}/${verb}`);
  }

  async devices(): Promise<readonly Device[]> {
    return (await this.ask<{ items: readonly Device[] }>('GET', '/push/subscriptions')).items;
  }

  change(id: string, change: { name?: string; on?: boolean }): Promise<unknown> {
    return this.ask('PATCH', `/push/subscriptions/${encodeURIComponent(id)}`, change);
  }

  remove(id: string): Promise<unknown> {
    return this.ask('DELETE', `/push/subscriptions/${encodeURIComponent(id)}`);
  }

  removeAll(): Promise<unknown> {
    return this.ask('DELETE', '/push/subscriptions');
  }

  async test(id: string): Promise<string> {
    return (await this.ask<{ id: string }>('POST', `/push/subscriptions/${encodeURIComponent(id)}/test`)).id;
  }

  async delivery(notification: string, device: string): Promise<Delivery | undefined> {
    const path = `/push/notifications/${encodeURIComponent(notification)}/deliveries`;
    const { items } = await this.ask<{ items: readonly Delivery[] }>('GET', path);
    return items.find((item) => item.device === device);
  }

  wishes(): Promise<Wishes> {
    return this.ask('GET', '/push/preferences');
  }

  wish(wishes: Wishes): Promise<unknown> {
    return this.ask('PUT', '/push/preferences', wishes);
  }

  private async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    if (!answer.ok) {
      const problem = (await answer.json().catch(() => ({}))) as { code?: string; title?: string };
      throw new Refusal(problem.code ?? String(answer.status), problem.title ?? String(answer.status));
    }
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  private async send(method: string, path: string, body: unknown): Promise<Response> {
    try {
      return await fetch(path, {
        method,
        cache: 'no-store',
        headers: {
          Authorization: `Bearer ${this.token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch {
      throw new Refusal('offline', '');
    }
  }
}
