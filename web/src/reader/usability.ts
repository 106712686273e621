import type { StoredReader } from '../shared/db/records';

export interface Unusable {
  readonly kind: 'expired' | 'early';
  readonly time: number;
}

/** Whether a reader is out of its time, by the server's clock as last known; null when it is usable. */
export function usability(reader: StoredReader, deviceNowSeconds: number): Unusable | null {
  const now = deviceNowSeconds + reader.clockOffset;
  if (reader.validityEnd !== null && now >= reader.validityEnd)
    return { kind: 'expired', time: reader.validityEnd };
  if (reader.validityStart !== null && now < reader.validityStart) {
    return { kind: 'early', time: reader.validityStart };
  }
  return null;
}
