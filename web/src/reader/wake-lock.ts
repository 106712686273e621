let lock: WakeLockSentinel | null = null;

/** The screen of a phone at a door stays on while its camera is. */
export async function keepAwake(): Promise<void> {
  try {
    lock = (await navigator.wakeLock?.request('screen')) ?? null;
  } catch {
    // a low battery refuses it; scanning works all the same
    lock = null;
  }
}

export async function letSleep(): Promise<void> {
  await lock?.release();
  lock = null;
}
