import type { PDFDocumentProxy } from 'pdfjs-dist';

const pointsPerInch = 72;
/** A canvas beyond this is refused by browsers, or costs more memory than a phone has. */
const maxPixels = 16_000_000;

/** Opens a PDF; rejects what cannot be read. The library is loaded only now. */
export async function openPdf(data: Uint8Array): Promise<PDFDocumentProxy> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist');
  GlobalWorkerOptions.workerPort ??= new Worker(
    new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url),
    { type: 'module' },
  );
  return getDocument({
    data,
    isEvalSupported: false,
    enableXfa: false,
    cMapUrl: '/pdfjs/cmaps/',
    cMapPacked: true,
    standardFontDataUrl: '/pdfjs/standard_fonts/',
    wasmUrl: '/pdfjs/wasm/',
  }).promise;
}

export interface RenderedPage {
  readonly canvas: HTMLCanvasElement;
  /** Of the paper, in points of 1/72 inch. */
  readonly width: number;
  readonly height: number;
}

/** Draws a page at so many dots per inch, or fewer where it would be too large. */
export async function renderPage(
  pdf: PDFDocumentProxy,
  number: number,
  dotsPerInch: number,
  intent: 'display' | 'print' = 'display',
): Promise<RenderedPage> {
  const page = await pdf.getPage(number);
  try {
    const { width, height } = page.getViewport({ scale: 1 });
    const wanted = dotsPerInch / pointsPerInch;
    const scale = Math.min(wanted, Math.sqrt(maxPixels / (width * height)));
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.floor(viewport.width));
    canvas.height = Math.max(1, Math.floor(viewport.height));
    await page.render({ canvas, viewport, intent }).promise;
    return { canvas, width, height };
  } finally {
    page.cleanup();
  }
}
