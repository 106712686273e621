import { describe, expect, it } from 'vitest';
import { CborTag, decodeCbor } from '../../src/shared/codec/cbor';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

describe('decodeCbor', () => {
  // RFC 8949, appendix A
  it.each<[string, unknown]>([
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1000000],
    ['1b000000e8d4a51000', 1000000000000],
    ['20', -1],
    ['3903e7', -1000],
    ['f4', false],
    ['f5', true],
    ['4401020304', hex('01020304')],
    ['62c3bc', 'ü'],
    ['6449455446', 'IETF'],
    ['80', []],
    ['8301820203820405', [1, [2, 3], [4, 5]]],
    [
      'a201020304',
      new Map([
        [1, 2],
        [3, 4],
      ]),
    ],
    ['c074323031332d30332d32315432303a30343a30305a', new CborTag(0, '2013-03-21T20:04:00Z')],
  ])('reads %s', (bytes, value) => {
    expect(decodeCbor(hex(bytes))).toEqual(value);
  });

  it.each([
    ['nothing', ''],
    ['a number in a longer form', '1817'],
    ['a length in a longer form', '590001ff'],
    ['a number past what is exact', '1b0020000000000000'],
    ['an indefinite length', '9f01ff'],
    ['a float', 'fb3ff199999999999a'],
    ['null', 'f6'],
    ['undefined', 'f7'],
    ['a reserved length', '1c'],
    ['a text that is no UTF-8', '62c328'],
    ['a text cut short', '6449'],
    ['an array cut short', '8301'],
    ['an array that claims four thousand million', '9affffffff'],
    ['a byte string that claims more than there is', '5affffffff00'],
    ['a key twice', 'a201020103'],
    ['a key that is an array', 'a18001'],
    ['bytes after the end', '0000'],
    ['nesting without end', '81'.repeat(100) + '00'],
  ])('refuses %s', (_, bytes) => {
    expect(decodeCbor(hex(bytes))).toBeNull();
  });

  it('refuses more than any certificate has', () => {
    expect(decodeCbor(new Uint8Array(5000))).toBeNull();
    expect(decodeCbor(hex('990800' + '00'.repeat(2048)))).toBeNull();
  });
});
