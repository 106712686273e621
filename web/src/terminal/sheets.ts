import { pageNumbers, type PrintOptions } from '../printing/pages';

/** One sheet of paper; the page numbers of its sides. */
export interface Sheet {
  readonly front: number;
  readonly back: number | null;
}

/** What a printer is given at once: more would hold too many pictures in memory. */
export const sheetsAtOnce = 10;

/** The sheets of a file in the order of printing: each copy begins on a new one. Null for pages that the file does not have. */
export function sheetsOf(options: PrintOptions, pageCount: number): readonly Sheet[] | null {
  const pages = pageNumbers(options.pages, pageCount);
  if (typeof pages === 'string') return null;
  const copy: Sheet[] = [];
  const step = options.twoSided ? 2 : 1;
  for (let i = 0; i < pages.length; i += step) {
    copy.push({ front: pages[i]!, back: (options.twoSided ? pages[i + 1] : undefined) ?? null });
  }
  return Array.from({ length: options.copies }, () => copy).flat();
}

export function batchesOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

/**
 * The sides that are given to the printer; null is an empty one. A printer that turns every sheet needs a back for each,
 * so that the next front does not get onto it.
 */
export function sidesOf(sheets: readonly Sheet[], turns: boolean): readonly (number | null)[] {
  const sides = sheets.flatMap(({ front, back }) => (turns || back !== null ? [front, back] : [front]));
  return sides.at(-1) === null ? sides.slice(0, -1) : sides;
}
