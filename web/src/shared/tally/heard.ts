import type { TallyRecord } from '../db/records';

export interface HeardReader {
  readonly reader: string;
  readonly name: string;
  /** When the server got the newest of its events that this device knows, seconds of true time. */
  readonly at: number;
}

/** Which other readers this device has heard of, and until when; the longest silent first. */
export function heardReaders(records: readonly TallyRecord[], own: string): HeardReader[] {
  const heard = new Map<string, HeardReader>();
  for (const { reader, reader_name, received, time } of records) {
    const at = received ?? time;
    const known = heard.get(reader);
    if (reader !== own && (!known || at > known.at)) heard.set(reader, { reader, name: reader_name, at });
  }
  return [...heard.values()].sort((a, b) => a.at - b.at);
}
