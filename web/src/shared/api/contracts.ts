/** Wire shapes as the rest of the code uses them, and the only place that reads them from JSON. */
export type Decision =
  | 'first'
  | 'duplicate'
  | 'unknown'
  | 'foreign'
  | 'expired'
  | 'early'
  | 'revoked'
  | 'left'
  | 'absent'
  | 'undone'
  | 'reinstated'
  | 'unchanged'
  | 'forged';
export type Outcome = Decision | 'unconfirmed';

export interface FirstScan {
  readonly event: string | null;
  readonly reader: string;
  readonly readerName: string;
  readonly time: number;
}

export interface EventOutcome {
  readonly outcome: Outcome;
  readonly first: FirstScan | null;
}

export interface WireEvent {
  readonly certificate: string;
  readonly event: string;
  readonly reader: string;
  readonly readerName: string;
  readonly time: number;
  /** When the server got it; long after `time` for a scan made offline. */
  readonly received: number | null;
  /** Answered by its page alone, without the server. */
  readonly offline: boolean;
  readonly type: string;
  readonly outcome: Decision | null;
  readonly related: string | null;
}

export interface SyncAnswer {
  readonly cursor: string;
  readonly more: boolean;
  readonly events: readonly WireEvent[];
  readonly outcomes: ReadonlyMap<string, EventOutcome>;
  readonly counters: Counters | null;
}

/** Who is inside, as the server counted. */
export interface Counters {
  readonly inside: number;
  readonly entries: number;
  readonly exits: number;
  /** How many may be inside; null when nobody said. */
  readonly limit: number | null;
  readonly gates: readonly { readonly gate: string; readonly entries: number; readonly exits: number }[];
}

export interface CertificateStatus {
  readonly certificate: string;
  readonly revoked: boolean;
  readonly version: number;
  readonly validityStart: number | null;
  readonly validityEnd: number | null;
  readonly data: Record<string, string> | null;
}

export interface CertificatePage {
  readonly cursor: string;
  readonly more: boolean;
  readonly certificates: readonly CertificateStatus[];
}

const decisions: readonly string[] = [
  'first',
  'duplicate',
  'unknown',
  'foreign',
  'expired',
  'early',
  'revoked',
  'left',
  'absent',
  'undone',
  'reinstated',
  'unchanged',
  'forged',
];

export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Seconds since the Unix epoch, from a number or an ISO date. */
export function seconds(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? null : milliseconds / 1000;
}

/** Texts by key; numbers and booleans become texts. */
export function textMap(value: unknown): Record<string, string> | null {
  if (!isJson(value)) return null;
  const pairs = Object.entries(value).filter(([, entry]) => entry !== null && typeof entry !== 'object');
  return Object.fromEntries(pairs.map(([key, entry]) => [key, String(entry)]));
}

export function parseOutcome(value: unknown): EventOutcome | null {
  if (!isJson(value)) return null;
  const outcome = text(value['outcome']);
  if (outcome !== 'unconfirmed' && !isDecision(outcome)) return null;
  return { outcome, first: parseFirst(value['first']) };
}

export function parseFirst(value: unknown): FirstScan | null {
  if (!isJson(value)) return null;
  const time = seconds(value['timestamp'] ?? value['time']);
  if (time === null) return null;
  return {
    event: text(value['event']) || null,
    reader: text(value['reader']),
    readerName: text(value['reader_name'] ?? value['readerName']),
    time,
  };
}

export function parseEvents(value: unknown): WireEvent[] {
  return list(value)
    .map(parseEvent)
    .filter((event) => event !== null);
}

function parseEvent(value: unknown): WireEvent | null {
  if (!isJson(value)) return null;
  const certificate = text(value['certificate']);
  const event = text(value['event']);
  const time = seconds(value['timestamp']);
  if (!certificate || !event || time === null) return null;
  const outcome = text(value['outcome']);
  return {
    certificate,
    event,
    reader: text(value['reader']),
    readerName: text(value['reader_name'] ?? value['readerName']),
    time,
    received: seconds(value['received']),
    offline: value['offline'] === true,
    type: text(value['type']) || 'seen',
    outcome: isDecision(outcome) ? outcome : null,
    related: text(value['related']) || null,
  };
}

export function parseSyncAnswer(value: unknown): SyncAnswer | null {
  if (!isJson(value)) return null;
  const cursor = parseCursor(value['timestamp'] ?? value['cursor']);
  if (cursor === null) return null;
  const outcomes = new Map<string, EventOutcome>();
  for (const [event, entry] of Object.entries(isJson(value['outcomes']) ? value['outcomes'] : {})) {
    const outcome = parseOutcome(entry);
    if (outcome) outcomes.set(event.toLowerCase(), outcome);
  }
  const counters = parseCounters(value['counters']);
  return { cursor, more: value['more'] === true, events: parseEvents(value['events']), outcomes, counters };
}

export function parseCounters(value: unknown): Counters | null {
  if (!isJson(value)) return null;
  const [inside, entries, exits] = [
    seconds(value['inside']),
    seconds(value['entries']),
    seconds(value['exits']),
  ];
  if (inside === null || entries === null || exits === null) return null;
  const gates = list(value['gates'])
    .filter(isJson)
    .map((gate) => ({
      gate: text(gate['gate']),
      entries: seconds(gate['entries']) ?? 0,
      exits: seconds(gate['exits']) ?? 0,
    }));
  return { inside, entries, exits, limit: seconds(value['limit']), gates };
}

/** When the server last heard of a reader's page, seconds of true time. */
export interface ReaderContact {
  readonly reader: string;
  readonly name: string;
  readonly contact: number;
}

export function parseContacts(value: unknown): ReaderContact[] | null {
  if (!isJson(value) || !Array.isArray(value['readers'])) return null;
  return list(value['readers'])
    .filter(isJson)
    .map((row) => ({
      reader: text(row['reader']),
      name: text(row['reader_name']),
      contact: seconds(row['contact']) ?? 0,
    }));
}

export function parseCertificate(value: unknown): CertificateStatus | null {
  if (!isJson(value) || !text(value['certificate'])) return null;
  return {
    certificate: text(value['certificate']),
    revoked: value['revoked'] === true,
    version: seconds(value['version']) ?? 0,
    validityStart: seconds(value['validityStart']),
    validityEnd: seconds(value['validityEnd']),
    data: textMap(value['data']),
  };
}

export function parseCertificatePage(value: unknown): CertificatePage | null {
  if (!isJson(value)) return null;
  const cursor = parseCursor(value['cursor']);
  if (cursor === null) return null;
  const certificates = list(value['certificates'])
    .map(parseCertificate)
    .filter((certificate) => certificate !== null);
  return { cursor, more: value['more'] === true, certificates };
}

/** Cursors are opaque: kept and given back as they came. */
export function parseCursor(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

function isDecision(value: string): value is Decision {
  return decisions.includes(value);
}
