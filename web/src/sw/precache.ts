declare const __PRECACHE__: { readonly version: string; readonly urls: readonly string[] };

const prefix = 'actors-shell-';
export const cacheName = prefix + __PRECACHE__.version;
export const isPrecached = (path: string): boolean => __PRECACHE__.urls.includes(path);

/** All or nothing; past the HTTP cache, so that no older file gets into this version. */
export async function precache(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(__PRECACHE__.urls.map((url) => new Request(url, { cache: 'no-cache' })));
}

/** Only caches of this prefix are ours to delete. */
export async function dropOldCaches(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(prefix) && name !== cacheName);
  await Promise.all(old.map((name) => caches.delete(name)));
}
