declare const __PRECACHE__: { readonly version: string; readonly urls: readonly string[] };

const prefix = 'actors-shell-';
export const cacheName = prefix + __PRECACHE__.version;

export async function precache(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(__PRECACHE__.urls);
}
