import { cacheName, isPrecached } from './precache';

const readerPage = /^\/qrcode\/[^/]+\/open-reader\/[0-9a-fA-F-]{32,36}\/?$/;

export const isReaderPage = (url: URL): boolean => readerPage.test(url.pathname);
export const isHome = (url: URL): boolean => url.pathname === '/';
export const isAsset = (url: URL): boolean => isPrecached(url.pathname) && !url.pathname.endsWith('.html');

/** The page as precached: it opens at once and without a network; what it shows it fetches itself. */
export async function shell(path: string, request: Request): Promise<Response> {
  return (await match(path)) ?? fetch(request);
}

export async function networkElseShell(path: string, request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const cached = await match(path);
    if (cached) return cached;
    throw error;
  }
}

export async function cachedAsset(request: Request): Promise<Response> {
  return (await match(new URL(request.url).pathname)) ?? fetch(request);
}

async function match(path: string): Promise<Response | undefined> {
  const cache = await caches.open(cacheName);
  return cache.match(path);
}
