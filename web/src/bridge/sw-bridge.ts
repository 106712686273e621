import { outboxTag, skipWaiting } from '../shared/bridge';

export interface WorkerHandlers {
  readonly onOfflineReady: () => void;
  /** A new version waits until the person agrees. */
  readonly onUpdate: (apply: () => void) => void;
}

const updateCheckMs = 3_600_000;

export async function registerWorker(handlers: WorkerHandlers): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const hadController = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker.register('/sw.js', {
    scope: '/',
    updateViaCache: 'none',
  });
  if (registration.waiting && hadController) offer(registration.waiting, handlers);
  registration.addEventListener('updatefound', () => watch(registration.installing, hadController, handlers));
  watch(registration.installing, hadController, handlers);
  self.setInterval(() => void registration.update().catch(ignoreOffline), updateCheckMs);
}

/** Has the worker send the outbox when the network is back, page open or not; false where browsers cannot. */
export async function requestBackgroundSync(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  const registration = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & {
    readonly sync?: { register(tag: string): Promise<void> };
  };
  try {
    await registration.sync?.register(outboxTag);
    return registration.sync !== undefined;
  } catch {
    // refused by the person's settings: the page's own triggers remain
    return false;
  }
}

function watch(worker: ServiceWorker | null, hadController: boolean, handlers: WorkerHandlers): void {
  worker?.addEventListener('statechange', () => {
    if (worker.state === 'installed' && hadController) offer(worker, handlers);
    if (worker.state === 'activated' && !hadController) handlers.onOfflineReady();
  });
}

function offer(worker: ServiceWorker, handlers: WorkerHandlers): void {
  handlers.onUpdate(() => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage(skipWaiting);
  });
}

function ignoreOffline(): void {
  // the next check will find the new version
}
