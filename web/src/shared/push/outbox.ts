import { forgetDevice, memory, ownDevice, remember } from './memory';

/** By it the browser wakes the worker when the network is back. */
export const pushSyncTag = 'actors-push';

const patienceMs = 10_000;
const notNow = new Set([408, 425, 429]);

/** What a device says of a notification. */
export type Verb = 'shown' | 'ack' | 'forget';

/** Tells the server, now or when the network is back. */
export async function tell(id: string, verb: Verb): Promise<boolean> {
  await remember({ path: `/push/notifications/${encodeURIComponent(id)}/${verb}`, body: null });
  return flush();
}

/** The browser has a new subscription: the device is the same. */
export async function tellRenewed(subscription: PushSubscriptionJSON): Promise<boolean> {
  await remember({ path: '/push/subscriptions', body: JSON.stringify(subscription) });
  return flush();
}

/** Sends what waits, in order, one page or worker at a time; whether nothing waits any more. */
export async function flush(): Promise<boolean> {
  return navigator.locks.request('actors-push-outbox', async () => {
    const device = await ownDevice();
    const database = await memory();
    for (const key of await database.getAllKeys('outbox')) {
      const told = await database.get('outbox', key);
      if (!told || !device) break;
      const status = await send(device.base + told.path, device.token, told.body);
      if (status === 401) {
        // the server knows this device no more, and with it nothing of what it says
        await forgetDevice();
        return true;
      }
      if (status === 0 || status >= 500 || notNow.has(status)) return false;
      await database.delete('outbox', key);
    }
    return true;
  });
}

async function send(url: string, token: string, body: string | null): Promise<number> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === null ? {} : { 'Content-Type': 'application/json' }),
      },
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    return answer.status;
  } catch {
    return 0;
  }
}
