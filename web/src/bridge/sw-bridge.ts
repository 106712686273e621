import { outboxTag, skipWaiting } from '../shared/bridge';

export interface WorkerHandlers {
  readonly onOfflineReady: () => void;
  /** A new version waits until the person agrees. */
  readonly onUpdate: (apply: () => void) => void;
}

const updateCheckMs = 3_600_000;

export async function registerWorker(
  handlers: WorkerHandlers,
  reload = () => location.reload(),
): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const container = navigator.serviceWorker;
  let isControlled = container.controller !== null;
  let isAgreed = false;
  const offer = (worker: ServiceWorker) =>
    handlers.onUpdate(() => {
      isAgreed = true;
      worker.postMessage(skipWaiting);
    });
  const watch = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && isControlled) offer(worker);
    });
  container.addEventListener('controllerchange', () => {
    if (isAgreed) reload();
    // another tab agreed; here somebody may be scanning
    else if (isControlled) handlers.onUpdate(reload);
    else handlers.onOfflineReady();
    isControlled = true;
  });
  const registration = await container.register('/sw.js', { scope: '/', updateViaCache: 'none' });
  if (registration.waiting && isControlled) offer(registration.waiting);
  registration.addEventListener('updatefound', () => watch(registration.installing));
  watch(registration.installing);
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

function ignoreOffline(): void {
  // the next check will find the new version
}
