/** What our certificates are made of; anything else (floats, null, indefinite lengths) is refused. */
export type CborValue = number | string | boolean | Uint8Array<ArrayBuffer> | CborValue[] | CborMap | CborTag;
export type CborKey = number | string;
export type CborMap = Map<CborKey, CborValue>;

export class CborTag {
  constructor(
    readonly tag: number,
    readonly value: CborValue,
  ) {}
}

class MalformedCbor extends Error {}

const maxBytes = 4096;
const maxDepth = 8;
const maxItems = 1024;

/** Reads exactly one item in its shortest form (RFC 8949 §4.2.1, order of keys aside); null for anything else. */
export function decodeCbor(bytes: Uint8Array): CborValue | null {
  if (bytes.length > maxBytes) return null;
  try {
    const reader = new Reader(bytes);
    const value = reader.read(0);
    return reader.atEnd ? value : null;
  } catch (error) {
    if (error instanceof MalformedCbor) return null;
    throw error;
  }
}

class Reader {
  private at = 0;
  private items = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get atEnd(): boolean {
    return this.at === this.bytes.length;
  }

  read(depth: number): CborValue {
    if (depth > maxDepth || ++this.items > maxItems) throw new MalformedCbor();
    const initial = this.byte();
    const info = initial & 0x1f;
    switch (initial >> 5) {
      case 0:
        return this.argument(info);
      case 1:
        return -1 - this.argument(info);
      case 2:
        return this.slice(this.argument(info));
      case 3:
        return decodeText(this.slice(this.argument(info)));
      case 4:
        return this.array(this.argument(info), depth);
      case 5:
        return this.map(this.argument(info), depth);
      case 6:
        return new CborTag(this.argument(info), this.read(depth + 1));
      default:
        if (info === 20 || info === 21) return info === 21;
        throw new MalformedCbor();
    }
  }

  private byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new MalformedCbor();
    return value;
  }

  private argument(info: number): number {
    if (info < 24) return info;
    if (info > 27) throw new MalformedCbor();
    const length = 1 << (info - 24);
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + this.byte();
    const shortest = info === 24 ? value >= 24 : value >= 2 ** (length * 4);
    if (!shortest || value > Number.MAX_SAFE_INTEGER) throw new MalformedCbor();
    return value;
  }

  private slice(length: number): Uint8Array<ArrayBuffer> {
    if (length > this.bytes.length - this.at) throw new MalformedCbor();
    const slice = this.bytes.slice(this.at, this.at + length);
    this.at += length;
    return slice;
  }

  private array(length: number, depth: number): CborValue[] {
    const values: CborValue[] = [];
    for (let i = 0; i < length; i++) values.push(this.read(depth + 1));
    return values;
  }

  private map(length: number, depth: number): CborMap {
    const map: CborMap = new Map();
    for (let i = 0; i < length; i++) {
      const key = this.read(depth + 1);
      if ((typeof key !== 'number' && typeof key !== 'string') || map.has(key)) throw new MalformedCbor();
      map.set(key, this.read(depth + 1));
    }
    return map;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    // a TypeError is how the decoder says "not UTF-8"
    throw new MalformedCbor();
  }
}
