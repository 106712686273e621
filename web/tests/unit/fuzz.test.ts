import { describe, expect, it } from 'vitest';
import { decodeBase45 } from '../../src/shared/codec/base45';
import { decodeCbor } from '../../src/shared/codec/cbor';
import { decodeClaims } from '../../src/shared/codec/claims';
import { parseCoseSign1 } from '../../src/shared/codec/cose';
import { encodeClaims, Issuer } from '../kit/issuer';

const inputs = 250_000;

/** A small generator with a seed, so that a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * below);
  };
}

function damage(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const copy = random(8) === 0 ? bytes.slice(0, random(bytes.length)) : bytes.slice();
  for (let i = 0; i <= random(3) && copy.length > 0; i++) copy[random(copy.length)] = random(256);
  return copy;
}

/** Anything but a value or null would be an exception that reaches the person at the door. */
describe('a million damaged inputs', () => {
  it('of random bytes do not break the CBOR decoder', () => {
    const random = randomFrom(1);
    const bytes = new Uint8Array(48);
    for (let i = 0; i < inputs; i++) {
      for (let at = 0; at < bytes.length; at++) bytes[at] = random(256);
      decodeCbor(bytes.subarray(0, random(49)));
    }
  });

  it('of damaged messages do not break the COSE reader', async () => {
    const message = await (
      await Issuer.create()
    ).message(encodeClaims({ notBefore: 1, expires: 2_000_000_000 }));
    const random = randomFrom(2);
    let parsed = 0;
    for (let i = 0; i < inputs; i++) if (parseCoseSign1(damage(message, random))) parsed++;
    expect(parsed).toBeGreaterThan(0);
  });

  it('of damaged claims do not break their reader', () => {
    const claims = encodeClaims({
      notBefore: 1,
      expires: 2_000_000_000,
      data: { name: 'Jeanne', société: 'Pont' },
    });
    const random = randomFrom(3);
    let read = 0;
    for (let i = 0; i < inputs; i++) {
      const result = decodeClaims(damage(claims, random));
      if (result) {
        read++;
        if (!/^[0-9a-f-]{36}$/.test(result.certificate)) throw new Error(`no uuid: ${result.certificate}`);
      }
    }
    expect(read).toBeGreaterThan(0);
  });

  it('of damaged texts do not break base45', () => {
    const random = randomFrom(4);
    for (let i = 0; i < inputs; i++) {
      const length = random(40);
      let text = '';
      for (let at = 0; at < length; at++)
        text += String.fromCharCode(32 + random(random(20) === 0 ? 400 : 59));
      const bytes = decodeBase45(text);
      if (bytes && bytes.length > (length * 2) / 3 + 1) throw new Error(`too long: ${text}`);
    }
  });
});
