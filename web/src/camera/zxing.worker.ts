import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

interface DecodeRequest {
  readonly id: number;
  readonly pixels: ImageData;
  readonly thorough: boolean;
}

export interface DecodeReply {
  readonly id: number;
  readonly texts: readonly string[];
  readonly error: string | null;
}

// at once, while the camera starts: the first code must not wait for it
void prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });

self.addEventListener('message', ({ data }: MessageEvent<DecodeRequest>) => {
  void decode(data).then((reply) => self.postMessage(reply));
});

async function decode({ id, pixels, thorough }: DecodeRequest): Promise<DecodeReply> {
  try {
    const results = await readBarcodes(pixels, {
      formats: ['QRCode'],
      tryHarder: thorough,
      tryInvert: thorough,
      tryDownscale: thorough,
      tryRotate: false,
      maxNumberOfSymbols: 2,
    });
    const texts = results.filter(({ isValid }) => isValid).map(({ text }) => text);
    return { id, texts, error: null };
  } catch (error) {
    return { id, texts: [], error: String(error) };
  }
}
