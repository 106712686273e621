/** Finds the texts of QR codes in a frame. */
export interface Decoder {
  /** A thorough look finds more and takes several times as long. */
  decode(frame: HTMLCanvasElement, thorough: boolean): Promise<string[]>;
}

interface NativeDetector {
  detect(source: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface NativeDetectorClass {
  new (options: { formats: readonly string[] }): NativeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** The browser's own detector where it truly reads QR codes, else the WebAssembly one. */
export async function createDecoder(): Promise<Decoder> {
  return (await createNativeDecoder()) ?? (await import('./zxing-decoder')).createZxingDecoder();
}

async function createNativeDecoder(): Promise<Decoder | null> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: NativeDetectorClass };
  if (!BarcodeDetector) return null;
  try {
    if (!(await BarcodeDetector.getSupportedFormats()).includes('qr_code')) return null;
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    // some builds name the format and fail at the first frame
    const probe = document.createElement('canvas');
    probe.width = probe.height = 32;
    probe.getContext('2d');
    await detector.detect(probe);
    return { decode: async (frame) => (await detector.detect(frame)).map(({ rawValue }) => rawValue) };
  } catch {
    return null;
  }
}
