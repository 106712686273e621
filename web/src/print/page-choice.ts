/** Page numbers as text, runs of them as ranges: 1-3,7. */
export function pagesText(numbers: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}

/** Puts a page in or out; the order in which the person has the others stays. Empty text for all pages; null for none. */
export function togglePage(numbers: readonly number[], page: number, count: number): string | null {
  const isIn = numbers.includes(page);
  const chosen = isIn ? numbers.filter((number) => number !== page) : insert(numbers, page);
  if (chosen.length === 0) return null;
  const isAll = chosen.length === count && chosen.every((number, i) => number === i + 1);
  return isAll ? '' : pagesText(chosen);
}

/** Before the first larger one, which is its place wherever the pages are in order. */
function insert(numbers: readonly number[], page: number): readonly number[] {
  const at = numbers.findIndex((number) => number > page);
  return at < 0 ? [...numbers, page] : [...numbers.slice(0, at), page, ...numbers.slice(at)];
}
