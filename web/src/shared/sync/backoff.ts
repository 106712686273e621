const baseMs = 2_000;
const capMs = 120_000;

/** Exponential with jitter: many phones that lost the same network do not come back in the same second. */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.max(0, failures - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}
