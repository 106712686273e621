const absenceMs = 1_000;
const absentFrames = 3;

/** Reports a code once while it stays in view, and again when it comes back after having left. */
export class Presence {
  private readonly inView = new Map<string, { seenAt: number; misses: number }>();

  /** The codes of one decoded frame; gives those that just came into view. */
  observe(texts: readonly string[], nowMs: number): string[] {
    for (const [text, state] of this.inView) {
      if (texts.includes(text)) continue;
      state.misses++;
      // a blurred frame or a slow decoder is no absence
      if (state.misses >= absentFrames && nowMs - state.seenAt >= absenceMs) this.inView.delete(text);
    }
    return texts.filter((text) => {
      const isNew = !this.inView.has(text);
      this.inView.set(text, { seenAt: nowMs, misses: 0 });
      return isNew;
    });
  }
}
