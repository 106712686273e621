import { decodeBase45 } from './base45';
import { decodeClaims, type Claims } from './claims';
import { isSignedBy, parseCoseSign1, type CoseSign1 } from './cose';

export interface SigningKey extends JsonWebKey {
  readonly kid: string;
}

export type Reading =
  | { readonly kind: 'signed'; readonly claims: Claims }
  | { readonly kind: 'malformed' | 'too-large' | 'forged' | 'foreign' };

export type Validity = 'valid' | 'expired' | 'early';

const prefix = 'AC1:';
const maxLength = 4096 * 1.5 + prefix.length;

export const looksLikeCertificate = (text: string): boolean => text.startsWith(prefix);

/** Checks a QR code's text against a campaign's public keys, without a network. */
export class CertificateVerifier {
  private readonly keys: Promise<readonly { kid: string; key: CryptoKey }[]>;

  constructor(jwks: readonly SigningKey[]) {
    this.keys = importKeys(jwks);
  }

  async read(text: string): Promise<Reading> {
    if (text.length > maxLength) return { kind: 'too-large' };
    const message = parse(text);
    if (!message) return { kind: 'malformed' };
    // key ids are short and may collide: every key of that id gets its try
    const kid = base64Url(message.keyId);
    const candidates = (await this.keys).filter((entry) => entry.kid === kid);
    for (const { key } of candidates) {
      if (!(await isSignedBy(message, key))) continue;
      const claims = decodeClaims(message.payload);
      return claims ? { kind: 'signed', claims } : { kind: 'malformed' };
    }
    return { kind: candidates.length > 0 ? 'forged' : 'foreign' };
  }
}

export function validityAt(
  times: { readonly notBefore: number | null; readonly expires: number | null },
  nowSeconds: number,
): Validity {
  if (times.expires !== null && nowSeconds >= times.expires) return 'expired';
  return times.notBefore !== null && nowSeconds < times.notBefore ? 'early' : 'valid';
}

function parse(text: string): CoseSign1 | null {
  if (!looksLikeCertificate(text)) return null;
  const bytes = decodeBase45(text.slice(prefix.length));
  return bytes && parseCoseSign1(bytes);
}

async function importKeys(jwks: readonly SigningKey[]): Promise<{ kid: string; key: CryptoKey }[]> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const imported = jwks.map(async ({ kid, kty, crv, x, y }) => {
    if (kty !== 'EC' || crv !== 'P-256' || x === undefined || y === undefined) return null;
    try {
      return {
        kid,
        key: await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify']),
      };
    } catch {
      // a point that is not on the curve verifies nothing
      return null;
    }
  });
  return (await Promise.all(imported)).filter((entry) => entry !== null);
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
