/** What pages and the worker tell each other; the only place that knows how. */
export type Change = 'events' | 'certificates' | 'reader';

const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('actors') : null;

/** The database changed: whoever shows it should look again. */
export function announce(change: Change): void {
  channel?.postMessage(change);
}

export function onAnnounced(listener: (change: Change) => void): void {
  channel?.addEventListener('message', (event: MessageEvent<Change>) => listener(event.data));
}

export const skipWaiting = 'skip-waiting';
export const outboxTag = 'tally-outbox';
