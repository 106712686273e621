import { openPdf, renderPage } from '../printing/pdf';
import { PrintFailure, type JobFile, type KioskJob } from './contracts';
import { batchesOf, sheetsOf, sidesOf } from './sheets';

/** A side of a sheet as a picture; null is an empty one. */
export interface Side {
  readonly picture: Blob | null;
  /** Of the paper, in points of 1/72 inch. */
  readonly width: number;
  readonly height: number;
}

/** Where the sheets come out. */
export interface Outlet {
  readonly sheetsAtOnce: number;
  readonly dotsPerInch: number;
  /** Whether the printer uses both sides of all it is given. */
  readonly turns: boolean;
  put(sides: readonly Side[]): Promise<void>;
}

/** Prints the files of a job in order, a few sheets at a time, so that memory does not grow with the job. */
export async function printJob(
  job: KioskJob,
  fetchFile: (file: JobFile) => Promise<Uint8Array>,
  outlet: Outlet,
  onSheet: (sheet: number) => void,
): Promise<void> {
  let sheet = 0;
  for (const file of job.files) {
    const data = await fetchFile(file);
    const pdf = await openPdf(data).catch(() => {
      throw new PrintFailure('file-unreadable');
    });
    try {
      const sheets = sheetsOf(file.options, pdf.numPages);
      if (!sheets) throw new PrintFailure('pages-missing');
      for (const batch of batchesOf(sheets, outlet.sheetsAtOnce)) {
        const sides: Side[] = [];
        for (const number of sidesOf(batch, outlet.turns)) {
          sides.push(number === null ? emptyLike(sides.at(-1)) : await draw(pdf, number, outlet.dotsPerInch));
        }
        await outlet.put(sides);
        sheet += batch.length;
        onSheet(sheet);
      }
    } finally {
      await pdf.loadingTask.destroy();
    }
  }
}

const emptyLike = (side: Side | undefined): Side => ({
  picture: null,
  width: side?.width ?? 595,
  height: side?.height ?? 842,
});

async function draw(
  pdf: Awaited<ReturnType<typeof openPdf>>,
  number: number,
  dotsPerInch: number,
): Promise<Side> {
  const { canvas, width, height } = await renderPage(pdf, number, dotsPerInch, 'print').catch(() => {
    throw new PrintFailure('file-unreadable');
  });
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  // frees the pixels at once, without waiting for the collector
  canvas.width = canvas.height = 0;
  if (!picture) throw new PrintFailure('file-unreadable');
  return { picture, width, height };
}
