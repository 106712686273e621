import { beforeAll, describe, expect, it } from 'vitest';
import { encodeBase45 } from '../../src/shared/codec/base45';
import { CertificateVerifier, validityAt } from '../../src/shared/codec/certificate';
import { decodeClaims } from '../../src/shared/codec/claims';
import { formatShortCode, parseShortCode, shortCodeOf } from '../../src/shared/codec/short-code';
import { cborInt, cborMap, cborText } from '../kit/cbor-writer';
import { encodeClaims, Issuer } from '../kit/issuer';

const certificate = '8d9b2c60-7a7e-4a86-b6f9-0c8f8b1d3a55';
let issuer: Issuer;

beforeAll(async () => {
  issuer = await Issuer.create();
});

describe('CertificateVerifier', () => {
  it('reads what a key of the campaign signed', async () => {
    const text = await issuer.sign({ certificate, notBefore: 10, expires: 20, data: { nom: 'Éloïse' } });
    const reading = await new CertificateVerifier([issuer.jwk]).read(text);
    expect(reading).toEqual({
      kind: 'signed',
      claims: { certificate, issuedAt: 1_700_000_000, notBefore: 10, expires: 20, data: { nom: 'Éloïse' } },
    });
  });

  it('tries every key of the same id', async () => {
    const other = await Issuer.create();
    const verifier = new CertificateVerifier([{ ...other.jwk, kid: issuer.jwk.kid }, issuer.jwk]);
    expect((await verifier.read(await issuer.sign({}))).kind).toBe('signed');
  });

  it('tells a forged signature from an unknown key', async () => {
    const other = await Issuer.create();
    const verifier = new CertificateVerifier([{ ...other.jwk, kid: issuer.jwk.kid }]);
    const text = await issuer.sign({});
    expect((await verifier.read(text)).kind).toBe('forged');
    expect((await new CertificateVerifier([other.jwk]).read(text)).kind).toBe('foreign');
    expect((await new CertificateVerifier([]).read(text)).kind).toBe('foreign');
  });

  it('leaves a key that is none aside', async () => {
    const broken = { ...issuer.jwk, x: 'AAAA' };
    expect((await new CertificateVerifier([broken, issuer.jwk]).read(await issuer.sign({}))).kind).toBe(
      'signed',
    );
  });

  it('never accepts a text with one changed character', async () => {
    const verifier = new CertificateVerifier([issuer.jwk]);
    const text = await issuer.sign({ certificate });
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      expect((await verifier.read(changed)).kind, `at ${at}`).not.toBe('signed');
    }
  });

  it.each(['', 'AC1:', 'AC2:BB8', 'https://example.org/', 'AC1:BB8', 'ac1:BB8'])(
    'calls %j malformed',
    async (text) => {
      expect((await new CertificateVerifier([issuer.jwk]).read(text)).kind).toBe('malformed');
    },
  );

  it('calls a text longer than any certificate too large', async () => {
    const text = `AC1:${encodeBase45(new Uint8Array(5000))}`;
    expect((await new CertificateVerifier([issuer.jwk]).read(text)).kind).toBe('too-large');
  });

  it('calls signed claims of another kind malformed', async () => {
    const message = await issuer.message(cborMap([cborInt(1), cborText('issuer')]));
    const reading = await new CertificateVerifier([issuer.jwk]).read(`AC1:${encodeBase45(message)}`);
    expect(reading.kind).toBe('malformed');
  });
});

describe('claims', () => {
  it('keep a data key that names the prototype as data', () => {
    const claims = decodeClaims(encodeClaims({ data: { ['__proto__']: 'x', name: 'y' } }));
    expect(Object.keys(claims!.data)).toEqual(expect.arrayContaining(['name']));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('hold from nbf on, until exp', () => {
    const times = { notBefore: 10, expires: 20 };
    expect([9.9, 10, 19.9, 20].map((now) => validityAt(times, now))).toEqual([
      'early',
      'valid',
      'valid',
      'expired',
    ]);
    expect(validityAt({ notBefore: null, expires: null }, 0)).toBe('valid');
  });
});

describe('short codes', () => {
  it('are computed from the uuid, whatever its case', async () => {
    const code = await shortCodeOf(certificate);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(await shortCodeOf(certificate.toUpperCase())).toBe(code);
    expect(parseShortCode(formatShortCode(code).toLowerCase())).toBe(code);
  });

  it('forgive what people type', () => {
    expect(parseShortCode(' o1il-ABCD ')).toBe('0111ABCD');
    expect(parseShortCode('ABCD')).toBeNull();
    expect(parseShortCode('ABCD-EFGU')).toBeNull();
  });
});
