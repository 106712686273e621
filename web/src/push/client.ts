import { bytesOf, isMadeWith } from '../shared/push/keys';
import { forgetDevice, keepDevice, ownDevice } from '../shared/push/memory';
import { flush } from '../shared/push/outbox';

/** What a portal's page gives. */
export interface PushOptions {
  /** The address of this service; the page's own when left out. */
  readonly base?: string;
  /** A token of the user, from POST /api/users/{id}/tokens. */
  readonly token: string;
  /** The page's service worker; the one that is in charge when left out. */
  readonly worker?: ServiceWorkerRegistration;
}

/** Whether this browser is told of anything, or why not. */
export type PushState = 'on' | 'off' | 'denied' | 'install' | 'unsupported';

/** A browser that is subscribed. */
export interface Subscribed {
  readonly id: string;
}

/** Thrown when something does not go; the code is that of the server's problem, or one of our own. */
export class PushError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const patienceMs = 15_000;

/** How this browser stands. On iPhones a site has to be on the home screen first. */
export async function state(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('Notification' in window) || !('PushManager' in window)) {
    return /iPhone|iPad/.test(navigator.userAgent) ? 'install' : 'unsupported';
  }
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && (await ownDevice()) !== undefined ? 'on' : 'off';
}

/** Subscribes this browser; to be called from a click, for the browser asks the person. */
export async function subscribe(options: PushOptions): Promise<Subscribed> {
  if ((await Notification.requestPermission()) !== 'granted') {
    throw new PushError('denied', 'The person, or the browser for him, said no.');
  }
  return renew(options);
}

/** To be called at each opening of a page: what the browser or the server forgot is mended. Undefined where nobody subscribed. */
export async function update(options: PushOptions): Promise<Subscribed | undefined> {
  if ((await state()) !== 'on') return undefined;
  await flush();
  return renew(options);
}

/** Ends the subscription of this browser. */
export async function unsubscribe(options: Partial<PushOptions> = {}): Promise<void> {
  const worker = options.worker ?? (await navigator.serviceWorker.ready);
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  await removeOwn();
}

async function renew(options: PushOptions): Promise<Subscribed> {
  const base = (options.base ?? location.origin).replace(/\/$/, '');
  const worker = options.worker ?? (await navigator.serviceWorker.ready);
  const { publicKey } = await ask<{ publicKey: string }>(`${base}/push/public-key`, options.token);
  let subscription = await worker.pushManager.getSubscription();
  if (subscription && (!isMadeWith(subscription, publicKey) || !(await isOurs(base, options.token)))) {
    // of another key, or of somebody else who used this browser: his notifications must not come here
    await subscription.unsubscribe();
    subscription = null;
    if (!(await isOurs(base, options.token))) await removeOwn();
  }
  subscription ??= await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(publicKey),
  });
  const replaces = (await ownDevice())?.id ?? null;
  const { device, token } = await ask<{ device: Subscribed; token: string }>(
    `${base}/push/subscriptions`,
    options.token,
    { ...subscription.toJSON(), replaces },
  );
  await keepDevice({ base, id: device.id, token, key: publicKey });
  return device;
}

/** Whether the device that this browser was is one of this user's. */
async function isOurs(base: string, token: string): Promise<boolean> {
  const own = await ownDevice();
  if (!own) return true;
  const { items } = await ask<{ items: readonly Subscribed[] }>(`${base}/push/subscriptions`, token);
  return items.some((device) => device.id === own.id);
}

async function removeOwn(): Promise<void> {
  const own = await ownDevice();
  if (own) {
    await fetch(`${own.base}/push/subscriptions/${encodeURIComponent(own.id)}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${own.token}` },
      signal: AbortSignal.timeout(patienceMs),
    }).catch(() => {
      // the browser is subscribed no more: the push service tells the server
    });
  }
  await forgetDevice();
}

async function ask<T>(url: string, token: string, body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    cache: 'no-store',
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { code?: string; title?: string };
    throw new PushError(problem.code ?? String(answer.status), problem.title ?? answer.statusText);
  }
  return (await answer.json()) as T;
}
