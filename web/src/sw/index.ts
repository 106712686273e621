import { outboxTag, skipWaiting } from '../shared/bridge';
import { dropOldCaches, precache } from './precache';
import { listenToPushes } from './push';
import { replayAll } from './replay-all';
import { cachedAsset, isAsset, isHome, isReaderPage, networkElseShell, shell } from './strategies';

declare const self: ServiceWorkerGlobalScope;

interface RoutedInstallEvent extends ExtendableEvent {
  addRoutes?(route: unknown): Promise<void>;
}

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

self.addEventListener('install', (event) => {
  // what the server alone answers need not wake the worker first, where the browser can tell that by itself
  void (event as RoutedInstallEvent).addRoutes?.({
    condition: { or: [{ urlPattern: '/pointage/*' }, { urlPattern: '/qrcode/*/read-metadata/*' }] },
    source: 'network',
  });
  event.waitUntil(precache());
});

self.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([dropOldCaches(), self.clients.claim()])),
);

self.addEventListener('message', (event) => {
  if (event.data === skipWaiting) event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && isReaderPage(url)) {
    event.respondWith(shell('/reader.html', request));
    // where there is no Background Sync, a started worker is the chance to send what waits
    event.waitUntil(replayAll());
  } else if (request.mode === 'navigate' && isHome(url)) {
    event.respondWith(networkElseShell('/index.html', request));
  } else if (isAsset(url)) {
    event.respondWith(cachedAsset(request));
  }
});

self.addEventListener('sync', ((event: SyncEvent) => {
  if (event.tag === outboxTag) event.waitUntil(replayAll({ failIfPending: true }));
}) as EventListener);

listenToPushes();
