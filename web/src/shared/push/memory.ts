import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** What this browser is at the server. */
export interface OwnDevice {
  /** The server's address, without a slash at its end. */
  readonly base: string;
  readonly id: string;
  /** Good for this device alone, for as long as the server knows it. */
  readonly token: string;
  /** The server's key with which it was subscribed. */
  readonly key: string;
}

/** What the server is to be told. */
export interface Told {
  readonly path: string;
  readonly body: string | null;
}

interface PushSchema extends DBSchema {
  device: { key: 'own'; value: OwnDevice };
  outbox: { key: number; value: Told };
}

const maxTold = 500;
let opened: Promise<IDBPDatabase<PushSchema>> | null = null;

/** What pages and the worker of this origin know in common. */
export function memory(): Promise<IDBPDatabase<PushSchema>> {
  opened ??= openDB<PushSchema>('actors-push', 1, {
    upgrade(database) {
      database.createObjectStore('device');
      database.createObjectStore('outbox', { autoIncrement: true });
    },
    terminated() {
      opened = null;
    },
  });
  return opened;
}

export const ownDevice = async (): Promise<OwnDevice | undefined> => (await memory()).get('device', 'own');

export async function keepDevice(device: OwnDevice): Promise<void> {
  await (await memory()).put('device', device, 'own');
}

/** Forgets what this browser was, and what it still had to say. */
export async function forgetDevice(): Promise<void> {
  const database = await memory();
  const change = database.transaction(['device', 'outbox'], 'readwrite');
  await Promise.all([
    change.objectStore('device').clear(),
    change.objectStore('outbox').clear(),
    change.done,
  ]);
}

/** Written down before it is sent; of too many the oldest go. */
export async function remember(told: Told): Promise<void> {
  const database = await memory();
  const change = database.transaction('outbox', 'readwrite');
  await change.store.add(told);
  const keys = await change.store.getAllKeys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - maxTold)).map((key) => change.store.delete(key)));
  await change.done;
}
