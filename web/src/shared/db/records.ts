import type { FirstScan, Outcome } from '../api/contracts';
import type { SigningKey } from '../codec/certificate';

/** What the page told its operator about a scan of its own. */
export type GivenAnswer = 'confirmed' | 'local' | 'unconfirmed' | 'seen' | 'refused';

/** A scan, own or learned from the server. Names are those of the first tallying clients. */
export interface TallyRecord {
  readonly event_uuid: string;
  readonly certificate_uuid: string;
  /** 0 until the server has decided this very event. */
  readonly sent: 0 | 1;
  /** The scanning device's clock, seconds; for scans of others the corrected time. */
  readonly timestamp: number;
  /** Best known true time, seconds; orders scans. */
  readonly time: number;
  /** When the server got it, where it has said so. */
  readonly received?: number;
  /** Of others' scans: answered by their pages alone. */
  readonly offline?: boolean;
  readonly reader: string;
  readonly reader_name: string;
  readonly campaign: string;
  readonly type: string;
  /** Made on this device. */
  readonly own: boolean;
  readonly outcome?: Outcome;
  readonly first?: FirstScan;
  readonly answer?: GivenAnswer;
  /** The server will never take it; kept so that a person can see it. */
  readonly refusal?: string;
  /** Of an undo, the event that is taken back. */
  readonly related?: string;
  /** Of a refused code, why. */
  readonly reason?: string;
}

/** What a reader's scans are; its operator chooses where it says both. */
export type Direction = 'entry' | 'exit';

export interface StoredReader {
  readonly uuid: string;
  readonly name: string;
  readonly tally: boolean;
  readonly gate?: string | null;
  readonly direction?: Direction | 'both';
  readonly readableMetadata: readonly string[];
  readonly validityStart: number | null;
  readonly validityEnd: number | null;
  readonly campaign: { readonly slug: string; readonly name: string };
  readonly keys: readonly SigningKey[];
  /** Server clock minus device clock, seconds. */
  readonly clockOffset: number;
  readonly fetchedAt: number;
  readonly openedAt: number;
}

export interface StoredCursor {
  readonly reader: string;
  readonly events: string | null;
  readonly certificates: string | null;
  /** Device clock, seconds; null before the first synchronisation. */
  readonly lastSync: number | null;
  /** Why the server refuses this reader's scans, until it takes them again. */
  readonly refusal: { readonly code: string; readonly description: string } | null;
}

export interface StoredCertificate {
  readonly certificate: string;
  readonly campaign: string;
  readonly code: string;
  /** The newest version known (claim iat). */
  readonly version: number;
  readonly revoked: boolean;
  readonly validityStart: number | null;
  readonly validityEnd: number | null;
  readonly data: Readonly<Record<string, string>> | null;
  /** The version that `data` belongs to. */
  readonly dataVersion: number;
}
