import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode as encodeBase45 } from 'base45';
import cbor from 'cbor';
import cose from 'cose-js';
import QRCode from 'qrcode';
import { beforeAll, describe, expect, it } from 'vitest';
import { CertificateVerifier, type SigningKey } from '../../src/shared/codec/certificate';
import { verify } from '../independent/verify.mjs';
import { Issuer } from '../kit/issuer';

const certificate = '8d9b2c60-7a7e-4a86-b6f9-0c8f8b1d3a55';
const hex = certificate.replaceAll('-', '');

/** A certificate that none of our own code has written. */
let token: string;
let jwk: SigningKey;

beforeAll(async () => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ]);
  const { d } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const spki = await crypto.subtle.exportKey('spki', pair.publicKey);
  const kid = Buffer.from(await crypto.subtle.digest('SHA-256', spki)).subarray(0, 8);
  jwk = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), kid: kid.toString('base64url') };
  const claims = new Map<number, unknown>([
    [4, 2_000_000_000],
    [6, 1_700_000_000],
    [7, Buffer.from(hex, 'hex')],
    [-65537, new Map([['name', 'Jeanne Élise']])],
  ]);
  const signer = { key: { d: Buffer.from(d!, 'base64url') } };
  const message = await cose.sign.create({ p: { alg: 'ES256', kid }, u: {} }, cbor.encode(claims), signer);
  token = `AC1:${encodeBase45(message)}`;
});

describe('an independent library and the page', () => {
  it('agree on what the library signed', async () => {
    const independent = await verify(token, { keys: [jwk as never] });
    expect(independent.claims).toMatchObject({ 6: 1_700_000_000, 7: hex });
    const reading = await new CertificateVerifier([jwk]).read(token);
    expect(reading).toMatchObject({
      kind: 'signed',
      claims: { certificate, expires: 2_000_000_000, data: { name: 'Jeanne Élise' } },
    });
  });

  it('agree on what we signed, and on what we did not', async () => {
    const issuer = await Issuer.create();
    const text = await issuer.sign({ certificate });
    expect((await verify(text, { keys: [issuer.jwk as never] })).claims).toMatchObject({ 7: hex });
    const other = await Issuer.create();
    await expect(verify(text, { keys: [{ ...other.jwk, kid: issuer.jwk.kid } as never] })).rejects.toThrow();
    await expect(verify(text, { keys: [other.jwk as never] })).rejects.toThrow('no key of this id');
  });
});

describe('verify.mjs', () => {
  it('prints the claims of a picture', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'verify-'));
    const [picture, keys] = [join(folder, 'code.png'), join(folder, 'keys.json')];
    writeFileSync(
      picture,
      await QRCode.toBuffer([{ data: token, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q' }),
    );
    writeFileSync(keys, JSON.stringify({ keys: [jwk] }));
    const output = execFileSync('node', ['tests/independent/verify.mjs', picture, keys], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toMatchObject({
      text: token,
      keyId: jwk.kid,
      claims: { 7: hex, '-65537': { name: 'Jeanne Élise' } },
    });
  });
});
