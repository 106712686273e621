const day = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 86_400_000;

/** This month, as two days of it. */
export function thisMonth(now: Date): { from: string; to: string } {
  const iso = now.toISOString().slice(0, 10);
  return { from: `${iso.slice(0, 8)}01`, to: iso };
}

/** What to ask the server; the last day is one of those asked for. Null when it is no period. */
export function periodQuery(by: string, from: string, to: string): URLSearchParams | null {
  if (!day.test(from) || !day.test(to) || to < from) return null;
  const end = new Date(Date.parse(to) + dayMs).toISOString().slice(0, 10);
  return new URLSearchParams({ by, from, to: end });
}
