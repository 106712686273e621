import { CborTag, decodeCbor } from './cbor';

/** A COSE_Sign1 message (RFC 9052 §4.2), ES256, before its signature is checked. */
export interface CoseSign1 {
  readonly protectedHeader: Uint8Array<ArrayBuffer>;
  readonly keyId: Uint8Array<ArrayBuffer>;
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

const sign1Tag = 18;
const algorithm = 1;
const keyId = 4;
const es256 = -7;

export function parseCoseSign1(bytes: Uint8Array): CoseSign1 | null {
  const message = decodeCbor(bytes);
  if (!(message instanceof CborTag) || message.tag !== sign1Tag || !Array.isArray(message.value)) return null;
  const [protectedHeader, unprotected, payload, signature, ...rest] = message.value;
  if (
    rest.length > 0 ||
    !(protectedHeader instanceof Uint8Array) ||
    !(unprotected instanceof Map) ||
    !(payload instanceof Uint8Array) ||
    !(signature instanceof Uint8Array) ||
    signature.length !== 64
  ) {
    return null;
  }
  const header = decodeCbor(protectedHeader);
  if (!(header instanceof Map) || header.get(algorithm) !== es256) return null;
  // a header that we do not know may be critical (RFC 9052 §3.1)
  if ([...header.keys()].some((label) => label !== algorithm && label !== keyId)) return null;
  const kid = header.get(keyId);
  return kid instanceof Uint8Array ? { protectedHeader, keyId: kid, payload, signature } : null;
}

export async function isSignedBy(message: CoseSign1, key: CryptoKey): Promise<boolean> {
  return crypto.subtle.verify(
    { name: 'ECDSA', hash: 'SHA-256' },
    key,
    message.signature,
    signedBytes(message.protectedHeader, message.payload),
  );
}

/** Sig_structure (RFC 9052 §4.4) without external data. */
export function signedBytes(protectedHeader: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const context = new TextEncoder().encode('Signature1');
  const parts = [
    Uint8Array.of(0x84, 0x60 | context.length),
    context,
    byteStringHead(protectedHeader.length),
    protectedHeader,
    byteStringHead(0),
    byteStringHead(payload.length),
    payload,
  ];
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function byteStringHead(length: number): Uint8Array {
  if (length < 24) return Uint8Array.of(0x40 | length);
  if (length < 256) return Uint8Array.of(0x58, length);
  return Uint8Array.of(0x59, length >> 8, length & 0xff);
}
