export interface PrintOptions {
  /** Page numbers and ranges from 1, in any order and with repeats; empty for all. */
  readonly pages: string;
  readonly copies: number;
  readonly twoSided: boolean;
}

export type PagesProblem = 'form' | 'beyond';

const part = /^([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?$/;

/** The pages to print, in order; what is wrong with the text otherwise. A huge range is never expanded. */
export function pageNumbers(text: string, count: number): readonly number[] | PagesProblem {
  const parts = text.replace(/\s/g, '');
  if (parts === '') return Array.from({ length: count }, (_, i) => i + 1);
  const numbers: number[] = [];
  for (const piece of parts.split(',')) {
    const match = part.exec(piece);
    if (!match) return 'form';
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (to < from) return 'form';
    if (to > count) return 'beyond';
    for (let number = from; number <= to; number++) numbers.push(number);
  }
  return numbers;
}

/** How many sheets of paper it takes. */
export function sheetCount(pages: number, { copies, twoSided }: PrintOptions): number {
  return (twoSided ? Math.ceil(pages / 2) : pages) * copies;
}
