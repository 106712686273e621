import { decodeCbor, type CborValue } from './cbor';

/** What a certificate's QR code says: a CWT claims map (RFC 8392). Times are seconds since the Unix epoch. */
export interface Claims {
  readonly certificate: string;
  readonly issuedAt: number;
  readonly notBefore: number | null;
  readonly expires: number | null;
  readonly data: Record<string, string>;
}

const claim = { expires: 4, notBefore: 5, issuedAt: 6, id: 7, data: -65537 } as const;
const known: readonly unknown[] = Object.values(claim);
const maxEntries = 64;
const maxSeconds = 253402300799;

export function decodeClaims(payload: Uint8Array): Claims | null {
  const map = decodeCbor(payload);
  if (!(map instanceof Map) || [...map.keys()].some((key) => !known.includes(key))) return null;
  const id = map.get(claim.id);
  const issuedAt = time(map.get(claim.issuedAt));
  const notBefore = time(map.get(claim.notBefore));
  const expires = time(map.get(claim.expires));
  const data = entries(map.get(claim.data));
  if (!(id instanceof Uint8Array) || id.length !== 16) return null;
  if (typeof issuedAt !== 'number' || notBefore === false || expires === false || !data) return null;
  return { certificate: formatUuid(id), issuedAt, notBefore, expires, data };
}

/** A time, null when absent, false when it is none. */
function time(value: CborValue | undefined): number | null | false {
  if (value === undefined) return null;
  return typeof value === 'number' && value >= 0 && value <= maxSeconds ? value : false;
}

function entries(value: CborValue | undefined): Record<string, string> | null {
  if (!(value instanceof Map) || value.size > maxEntries) return null;
  const pairs: [string, string][] = [];
  for (const [key, text] of value) {
    if (typeof key !== 'string' || typeof text !== 'string') return null;
    pairs.push([key, text]);
  }
  return Object.fromEntries(pairs);
}

function formatUuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
