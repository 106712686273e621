declare module 'cose-js' {
  interface Cose {
    readonly sign: {
      create(headers: unknown, payload: Uint8Array, signer: unknown): Promise<Buffer>;
      verify(message: Uint8Array, verifier: { key: { x: Buffer; y: Buffer } }): Promise<Buffer>;
    };
  }
  const cose: Cose;
  export default cose;
}

declare module 'base45' {
  export function encode(bytes: Uint8Array): string;
  export function decode(text: string): Uint8Array;
}
