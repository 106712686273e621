import type { ReaderContact } from '../api/contracts';
import type { TallyRecord } from '../db/records';

export interface HeardReader {
  readonly reader: string;
  readonly name: string;
  /** When the server got the newest of its events that this device knows, seconds of true time. */
  readonly scan: number | null;
  /** When it was last heard of at all: connected, synchronising or scanning. */
  readonly at: number;
}

/** Which other readers this device has heard of, and until when; the longest silent first. */
export function heardReaders(
  records: readonly TallyRecord[],
  contacts: readonly ReaderContact[],
  own: string,
): HeardReader[] {
  const heard = new Map<string, HeardReader>();
  for (const { reader, reader_name, received, time } of records) {
    const at = received ?? time;
    const known = heard.get(reader);
    if (reader !== own && (!known || at > known.at)) {
      heard.set(reader, { reader, name: reader_name, scan: at, at });
    }
  }
  for (const { reader, name, contact } of contacts) {
    if (reader === own) continue;
    const scan = heard.get(reader)?.scan ?? null;
    heard.set(reader, { reader, name, scan, at: Math.max(contact, scan ?? 0) });
  }
  return [...heard.values()].sort((a, b) => a.at - b.at);
}
