import type { SigningKey } from '../../src/shared/codec/certificate';

export interface DoorEvent {
  readonly certificate: string;
  readonly event: string;
  readonly reader: string;
  readonly reader_name: string;
  readonly timestamp: number;
  readonly type: string;
  readonly outcome: string;
}

export interface DoorCertificate {
  readonly certificate: string;
  readonly revoked: boolean;
  readonly version: number;
  readonly validityStart: string | null;
  readonly validityEnd: string | null;
  readonly data?: Readonly<Record<string, string>>;
}

interface Scan {
  readonly certificate: string;
  readonly event: string;
  readonly timestamp: number;
}

/** What the server promises the page, in memory: first by certificate, events in order, cursors. */
export class Door {
  readonly log: DoorEvent[] = [];
  readonly feed: DoorCertificate[] = [];
  readonly readers = new Map<string, { name: string; tally: boolean; validityEnd: string | null }>();
  keys: SigningKey[] = [];
  /** Answers "unconfirmed" instead of deciding. */
  undecided = false;

  addReader(uuid: string, name: string, tally = true, validityEnd: string | null = null): void {
    this.readers.set(uuid, { name, tally, validityEnd });
  }

  configuration(uuid: string): unknown {
    const reader = this.readers.get(uuid)!;
    return {
      reader: { uuid, ...reader, readableMetadata: ['table'], validityStart: null },
      campaign: { slug: 'fete', name: 'Fête de la science' },
      keys: this.keys,
      now: Date.now() / 1000,
    };
  }

  sync(reader: string, events: readonly Scan[], since: string | undefined, limit: number): unknown {
    const outcomes = Object.fromEntries(events.map((scan) => [scan.event, this.decide(reader, scan)]));
    const from = since === undefined ? 0 : Number.parseInt(since.slice(1), 36);
    const page = this.log.slice(from, from + limit);
    const cursor = `p${(from + page.length).toString(36)}`;
    return { timestamp: cursor, more: from + page.length < this.log.length, events: page, outcomes };
  }

  decide(reader: string, scan: Scan): { outcome: string; first?: unknown } {
    if (this.undecided) return { outcome: 'unconfirmed' };
    const known = this.log.find(({ event }) => event === scan.event);
    const others = this.log.filter(
      ({ certificate, event }) => certificate === scan.certificate && event !== scan.event,
    );
    const first = others.toSorted((a, b) => a.timestamp - b.timestamp)[0];
    const outcome = known?.outcome ?? (first ? 'duplicate' : 'first');
    if (!known) {
      const reader_name = this.readers.get(reader)?.name ?? '';
      this.log.push({ ...scan, reader, reader_name, type: 'seen', outcome });
    }
    return { outcome, ...(outcome === 'duplicate' && first ? { first } : {}) };
  }
}
