import { parseReaderPath } from '../reader/address';

/** The path of a pasted reader link of this site, else null. */
export function readerPathIn(pasted: string, origin: string): string | null {
  try {
    const url = new URL(pasted.trim(), origin);
    return url.origin === origin && parseReaderPath(url.pathname) ? url.pathname : null;
  } catch {
    // not an address at all
    return null;
  }
}
