import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from '../../src/shared/codec/base45';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('base45', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('reads and writes the example %s of RFC 9285', (plain, encoded) => {
    expect(encodeBase45(utf8(plain))).toBe(encoded);
    expect(decodeBase45(encoded)).toEqual(utf8(plain));
  });

  it.each(['A', 'GGW', ':::', 'ZZ', 'ab8', 'BB8B', 'é00', '::'])('refuses %s', (text) => {
    expect(decodeBase45(text)).toBeNull();
  });

  it('reads the empty text as no bytes', () => {
    expect(decodeBase45('')).toEqual(new Uint8Array());
  });

  it('gives back any bytes', () => {
    for (let length = 0; length < 300; length++) {
      const bytes = crypto.getRandomValues(new Uint8Array(length));
      expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
    }
  });
});
