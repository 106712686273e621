export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function head(major: number, value: number): Uint8Array {
  if (value < 24) return Uint8Array.of((major << 5) | value);
  const length = value < 0x100 ? 1 : value < 0x10000 ? 2 : value < 0x100000000 ? 4 : 8;
  const bytes = new Uint8Array(1 + length);
  bytes[0] = (major << 5) | (24 + Math.log2(length));
  for (let i = length, rest = value; i > 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

export const cborInt = (value: number): Uint8Array => (value >= 0 ? head(0, value) : head(1, -1 - value));
export const cborBytes = (bytes: Uint8Array): Uint8Array => concat(head(2, bytes.length), bytes);
export const cborText = (text: string): Uint8Array => {
  const bytes = new TextEncoder().encode(text);
  return concat(head(3, bytes.length), bytes);
};
export const cborMap = (...pairs: readonly (readonly [Uint8Array, Uint8Array])[]): Uint8Array =>
  concat(head(5, pairs.length), ...pairs.flat());
