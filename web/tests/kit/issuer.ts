import { encodeBase45 } from '../../src/shared/codec/base45';
import { signedBytes } from '../../src/shared/codec/cose';
import type { SigningKey } from '../../src/shared/codec/certificate';
import { cborBytes, cborInt, cborMap, cborText, concat } from './cbor-writer';

export interface ClaimsInput {
  readonly certificate?: string;
  readonly issuedAt?: number;
  readonly notBefore?: number;
  readonly expires?: number;
  readonly data?: Readonly<Record<string, string>>;
}

/** Signs certificates as the server does, with code of its own. */
export class Issuer {
  private constructor(
    readonly jwk: SigningKey,
    private readonly keyId: Uint8Array,
    private readonly key: CryptoKey,
  ) {}

  static async create(): Promise<Issuer> {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
      'sign',
      'verify',
    ]);
    const spki = await crypto.subtle.exportKey('spki', pair.publicKey);
    const keyId = new Uint8Array(await crypto.subtle.digest('SHA-256', spki)).slice(0, 8);
    const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const kid = Buffer.from(keyId).toString('base64url');
    return new Issuer({ ...jwk, kid }, keyId, pair.privateKey);
  }

  async sign(claims: ClaimsInput): Promise<string> {
    return `AC1:${encodeBase45(await this.message(encodeClaims(claims)))}`;
  }

  async message(payload: Uint8Array): Promise<Uint8Array> {
    const header = cborMap([cborInt(1), cborInt(-7)], [cborInt(4), cborBytes(this.keyId)]);
    const signature = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      this.key,
      signedBytes(header, payload),
    );
    const parts = [cborBytes(header), cborMap(), cborBytes(payload), cborBytes(new Uint8Array(signature))];
    return concat(Uint8Array.of(0xd2, 0x84), ...parts);
  }
}

export function encodeClaims(claims: ClaimsInput): Uint8Array {
  const uuid = Buffer.from((claims.certificate ?? crypto.randomUUID()).replaceAll('-', ''), 'hex');
  const data = Object.entries(claims.data ?? { name: 'Jeanne Martin' });
  const pairs: [Uint8Array, Uint8Array][] = [];
  if (claims.expires !== undefined) pairs.push([cborInt(4), cborInt(claims.expires)]);
  if (claims.notBefore !== undefined) pairs.push([cborInt(5), cborInt(claims.notBefore)]);
  pairs.push([cborInt(6), cborInt(claims.issuedAt ?? 1_700_000_000)], [cborInt(7), cborBytes(uuid)]);
  pairs.push([
    cborInt(-65537),
    cborMap(...data.map(([k, v]): [Uint8Array, Uint8Array] => [cborText(k), cborText(v)])),
  ]);
  return cborMap(...pairs);
}
