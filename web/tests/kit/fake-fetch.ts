import { vi } from 'vitest';
import type { Door } from './door';

export type Fault =
  /** Nothing gets through. */
  | 'offline'
  /** The server does its work, and the answer is lost. */
  | 'answer-lost'
  | { readonly status: number; readonly body?: unknown };

export interface FakeNetwork {
  fault: Fault | null;
  /** Refuses any post that holds one of these events. */
  readonly poison: Set<string>;
  /** Refuses this cursor. */
  badCursor: string | null;
  readonly posts: { events: readonly { event: string }[]; since?: string; limit: number; more?: boolean }[];
}

/** The page's fetch, answered by a door in memory. */
export function fakeNetwork(door: Door): FakeNetwork {
  const network: FakeNetwork = { fault: null, poison: new Set(), badCursor: null, posts: [] };
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    Promise.resolve().then(() => answer(url, init)),
  );
  return network;

  function answer(address: string, init?: RequestInit): Response {
    const { fault } = network;
    if (fault === 'offline') throw new TypeError('Failed to fetch');
    if (typeof fault === 'object' && fault) return reply(fault.status, fault.body);
    const url = new URL(address, 'http://localhost');
    const reader = url.searchParams.get('uuid') ?? '';
    if (url.pathname === '/pointage/certificates') {
      const certificates = url.searchParams.has('cursor') ? [] : door.feed;
      return reply(200, { err: 0, data: { cursor: 'p1', more: false, certificates } });
    }
    const body = JSON.parse(init?.body as string) as (typeof network.posts)[number];
    network.posts.push(body);
    const isBad =
      body.events.some(({ event }) => network.poison.has(event)) || body.since === network.badCursor;
    if (isBad && (body.events.length > 0 || body.since !== undefined)) {
      return reply(400, { err: 1, err_class: 'bad-request', err_desc: 'bad request', data: null });
    }
    const data = door.sync(reader, body.events as never, body.since, body.limit);
    if (fault === 'answer-lost') throw new TypeError('Failed to fetch');
    return reply(200, { err: 0, data });
  }
}

function reply(status: number, body: unknown): Response {
  return new Response(body === undefined ? 'not json' : JSON.stringify(body), { status });
}
