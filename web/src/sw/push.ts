import { bytesOf } from '../shared/push/keys';
import { ownDevice } from '../shared/push/memory';
import { flush, pushSyncTag, tell, tellRenewed } from '../shared/push/outbox';
import { openable, readPayload, type PushAction, type PushPayload } from '../shared/push/payload';

declare const self: ServiceWorkerGlobalScope;

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

interface SubscriptionChange extends ExtendableEvent {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}

interface Syncing {
  readonly sync?: { register(tag: string): Promise<void> };
}

interface Shown {
  readonly id: string;
  readonly url: string | null;
  readonly actions: readonly PushAction[];
}

/** Shows what is pushed and tells the server what became of it. */
export function listenToPushes(): void {
  self.addEventListener('push', (event) => event.waitUntil(onPush(event.data?.text() ?? '')));
  self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(onClick(event.action, event.notification.data as Shown | null));
  });
  self.addEventListener('pushsubscriptionchange', ((event: SubscriptionChange) =>
    event.waitUntil(onSubscriptionChange(event))) as EventListener);
  self.addEventListener('sync', ((event: SyncEvent) => {
    if (event.tag === pushSyncTag) event.waitUntil(flushOrFail());
  }) as EventListener);
}

async function onPush(text: string): Promise<void> {
  const payload = readPayload(text);
  if (payload?.remove) {
    for (const shown of await self.registration.getNotifications({ tag: payload.tag })) shown.close();
    return;
  }
  await show(payload);
  if (payload) await sent(tell(payload.id, 'shown'));
}

/** Always something: a browser that is pushed to and shows nothing takes the subscription away. */
async function show(payload: PushPayload | null): Promise<void> {
  const data: Shown | null = payload && { id: payload.id, url: payload.url, actions: payload.actions };
  const options: NotificationOptions & Record<string, unknown> = {
    body: payload?.body ?? '',
    tag: payload?.tag ?? 'actors',
    icon: absolute(payload?.icon ?? null) ?? '/icons/icon-192.png',
    data,
    actions: payload?.actions.map(({ action, title }) => ({ action, title })) ?? [],
  };
  if (payload?.locale) options.lang = payload.locale;
  const image = absolute(payload?.image ?? null);
  if (image) options['image'] = image;
  await self.registration.showNotification(payload?.summary || self.location.hostname, options);
}

async function onClick(action: string, shown: Shown | null): Promise<void> {
  if (shown && (action === 'ack' || action === 'forget')) return sent(tell(shown.id, action));
  const own = shown?.actions.find((item) => item.action === action)?.url ?? null;
  const url = absolute(own ?? shown?.url ?? null);
  if (url) await open(url);
}

/** The page that shows it already, else a new one. */
async function open(url: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((candidate) => candidate.url === url);
  if (page) await page.focus();
  else await self.clients.openWindow(url);
}

/** The device stays the same; where the browser made no new subscription by itself, it is made as the old one was. */
async function onSubscriptionChange(event: SubscriptionChange): Promise<void> {
  const device = await ownDevice();
  if (!device) return;
  const subscription =
    event.newSubscription ??
    (await self.registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytesOf(device.key),
    }));
  await sent(tellRenewed(subscription.toJSON()));
}

/** What could not be said now is said when the browser wakes us, at the next push, or by the next page. */
async function sent(telling: Promise<boolean>): Promise<void> {
  if (await telling) return;
  try {
    await (self.registration as ServiceWorkerRegistration & Syncing).sync?.register(pushSyncTag);
  } catch {
    // refused by the person's settings
  }
}

async function flushOrFail(): Promise<void> {
  if (!(await flush())) throw new Error('the server was not reached');
}

const absolute = (url: string | null): string | null => openable(url, self.location.origin);
