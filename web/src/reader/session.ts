import { parseCounters } from '../shared/api/contracts';
import {
  fetchByCode,
  fetchConfiguration,
  fetchContacts,
  fetchMetadata,
  type Reply,
} from '../shared/api/client';
import { announce, onAnnounced } from '../shared/bridge';
import { findByCode, fromStatus, listCertificates } from '../shared/db/certificates';
import { loadContacts, saveContacts } from '../shared/db/contacts';
import { loadCounters, saveCounters, type KnownCounters } from '../shared/db/counters';
import { recordsOf, saveReader } from '../shared/db/readers';
import type {
  Direction,
  StoredCertificate,
  StoredCursor,
  StoredReader,
  TallyRecord,
} from '../shared/db/records';
import { pruneScans } from '../shared/db/prune';
import { openDatabase, type ActorsDb, type OpenEvent } from '../shared/db/schema';
import { countPending, emptyCursor, recordRefused, recordUndo } from '../shared/db/tally';
import { applyPush } from '../shared/sync/push';
import { syncCertificates, syncReader, type SyncResult } from '../shared/sync/replay';
import { heardReaders, type HeardReader } from '../shared/tally/heard';
import { review, type ReviewItem } from '../shared/tally/review';
import { askServer, decidedMeanwhile } from './live/ask';
import { ReaderHub } from './live/hub';
import { LinkState } from './live/link-state';
import { SyncLoop } from './live/sync-loop';
import { Judge, type Asked } from './scan/judge';
import type { CodeProblem } from './ui/code-form';

export interface SessionHandlers {
  readonly onChange: () => void;
  readonly onStorage: (event: OpenEvent) => void;
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly description: string;
}

export interface Snapshot {
  readonly cursor: StoredCursor;
  readonly pending: number;
  readonly counters: KnownCounters | null;
}

const certificatesEveryMs = 60_000;
const pruneEveryMs = 3_600_000;

/** One reader at work: its storage, its way to the server, its answers. Knows no element of the page. */
export class Session {
  readonly judge: Judge;
  readonly link: LinkState;
  isSyncing = false;
  /** What the operator of a reader for both directions chose. */
  chosen: Direction = 'entry';
  /** Why the server does not let this reader work, since it last said so. */
  refusal: Refusal | null = null;
  private readonly hub: ReaderHub;
  private readonly loop: SyncLoop;
  private certificatesAt = Number.NEGATIVE_INFINITY;
  private prunedAt = Number.NEGATIVE_INFINITY;

  constructor(
    public reader: StoredReader,
    private readonly handlers: SessionHandlers,
  ) {
    this.link = new LinkState(handlers.onChange);
    this.hub = new ReaderHub(reader.uuid, {
      onEvents: (message) => void this.receive(message),
      onCounters: (message) => void this.count(message),
      onConflict: () => this.loop.request(),
      onConfiguration: () => void this.configurationChanged(),
      onConnection: (connected) => this.hubChanged(connected),
    });
    this.loop = new SyncLoop(
      () => this.synchronise(),
      (running, result) => this.synchronised(running, result),
    );
    this.judge = new Judge({
      database: () => this.database(),
      reader: () => this.reader,
      direction: () => this.direction,
      refreshKeys: () => this.refreshKeys(),
      ask: (record) => this.ask(record),
    });
    onAnnounced(handlers.onChange);
  }

  /** What the next scan is. */
  get direction(): Direction {
    const { direction } = this.reader;
    return direction === 'both' ? this.chosen : (direction ?? 'entry');
  }

  start(): void {
    if (this.reader.tally) this.hub.start();
    this.loop.request();
  }

  /** A moment at which the network may be back. */
  wake(): void {
    this.link.networkChanged();
    this.start();
  }

  requestSync(): void {
    this.loop.request();
  }

  async snapshot(): Promise<Snapshot> {
    const db = await this.database();
    const [cursor, pending, counters] = await Promise.all([
      db.get('cursors', this.reader.uuid),
      countPending(db, this.reader.uuid),
      loadCounters(db, this.reader.campaign.slug),
    ]);
    return { cursor: cursor ?? emptyCursor(this.reader.uuid), pending, counters };
  }

  /** Reads every scan of the campaign: not for each change. */
  async review(): Promise<ReviewItem[]> {
    return review(await recordsOf(await this.database(), this.reader.campaign.slug));
  }

  /** Reads every scan of the campaign: not for each change. */
  async heard(): Promise<HeardReader[]> {
    const [db, { slug }] = [await this.database(), this.reader.campaign];
    return heardReaders(await recordsOf(db, slug), await loadContacts(db, slug), this.reader.uuid);
  }

  /** Asks the server when it last heard of the other readers; false when it does not say now. */
  async refreshContacts(): Promise<boolean> {
    const reply = this.link.isKnownToBeDown ? null : await fetchContacts(this.reader.uuid);
    if (reply?.kind !== 'ok') return false;
    await saveContacts(await this.database(), this.reader.campaign.slug, reply.value);
    return true;
  }

  async certificates(): Promise<StoredCertificate[]> {
    return listCertificates(await this.database(), this.reader.campaign.slug);
  }

  async certificate(uuid: string): Promise<StoredCertificate | null> {
    return (await (await this.database()).get('certificates', uuid)) ?? null;
  }

  /** Takes an own scan or exit back. */
  async undo(event: string): Promise<void> {
    await recordUndo(await this.database(), this.reader, event, Date.now() / 1000);
    this.loop.request();
    announce('events');
    this.handlers.onChange();
  }

  /** A code was shown that this page refused: the campaign's log shall know. */
  async refused(certificate: string, reason: string): Promise<void> {
    if (!this.reader.tally) return;
    await recordRefused(await this.database(), this.reader, certificate, reason, Date.now() / 1000);
    this.loop.request();
  }

  /** Whether the server has decided this scan by now. */
  async isDecided(event: string): Promise<boolean> {
    return (await (await this.database()).get('pointage', event))?.sent === 1;
  }

  async byCode(code: string): Promise<StoredCertificate | CodeProblem> {
    const known = await findByCode(await this.database(), this.reader.campaign.slug, code);
    if (known) return known;
    const reply = await fetchByCode(this.reader.uuid, code);
    switch (reply.kind) {
      case 'ok':
        return fromStatus(reply.value, this.reader.campaign.slug);
      case 'refused':
        return 'not-found';
      case 'offline':
        return 'offline';
      case 'unknown':
        return reply.retryAfterSeconds === null ? 'offline' : 'limited';
    }
  }

  /** Null when it cannot be had now. */
  async metadata(certificate: string): Promise<Record<string, string> | null> {
    if (this.reader.readableMetadata.length === 0) return {};
    const reply = await fetchMetadata(this.reader.campaign.slug, this.reader.uuid, certificate);
    return reply.kind === 'ok' ? reply.value : reply.kind === 'refused' ? {} : null;
  }

  async refreshConfiguration(): Promise<void> {
    const reply = await openReader(this.reader.uuid, this.handlers.onStorage);
    if (reply.kind === 'ok') {
      this.reader = reply.value;
      this.refusal = null;
    }
    if (reply.kind === 'refused') this.refusal = reply;
    this.handlers.onChange();
  }

  private database(): Promise<ActorsDb> {
    return openDatabase(this.handlers.onStorage);
  }

  private async ask(record: TallyRecord): Promise<Asked> {
    const db = await this.database();
    const asked = await askServer(db, this.reader, record, this.hub, this.link);
    announce('events');
    return asked.kind === 'decided' ? asked : ((await decidedMeanwhile(db, record)) ?? asked);
  }

  private async synchronise(): Promise<SyncResult> {
    const db = await this.database();
    const result: SyncResult = this.reader.tally
      ? await syncReader(db, this.reader)
      : { kind: 'synced', news: 0, unconfirmed: 0 };
    if (result.kind === 'synced') await this.prune(db);
    const isDue = performance.now() - this.certificatesAt >= certificatesEveryMs;
    if (result.kind !== 'synced' || !isDue) return result;
    const reply = await syncCertificates(db, this.reader);
    if (reply.kind === 'offline' || reply.kind === 'unknown') {
      return this.reader.tally ? result : asResult(reply);
    }
    this.certificatesAt = performance.now();
    return result;
  }

  /** Only while the server answers: offline this device is all there is to recognise a certificate by. */
  private async prune(db: ActorsDb): Promise<void> {
    if (performance.now() - this.prunedAt < pruneEveryMs) return;
    this.prunedAt = performance.now();
    await pruneScans(db, Date.now() / 1000 + this.reader.clockOffset);
  }

  private synchronised(running: boolean, result: SyncResult | null): void {
    this.isSyncing = running;
    if (result?.kind === 'synced' || result?.kind === 'refused') this.link.heard();
    if (result?.kind === 'offline') this.link.lost();
    if (result?.kind === 'unknown') this.link.silent();
    if (result?.kind === 'refused') void this.refreshConfiguration();
    if (result?.kind === 'synced') announce('events');
    this.handlers.onChange();
  }

  private async receive(message: unknown): Promise<void> {
    const isComplete = await applyPush(await this.database(), this.reader, message);
    if (!isComplete) this.loop.request();
    announce('events');
    this.handlers.onChange();
  }

  private async count(message: unknown): Promise<void> {
    await saveCounters(
      await this.database(),
      this.reader.campaign.slug,
      parseCounters(message),
      Date.now() / 1000,
    );
    this.handlers.onChange();
  }

  private hubChanged(connected: boolean): void {
    if (connected) this.link.heard();
    this.loop.request();
  }

  private async configurationChanged(): Promise<void> {
    this.certificatesAt = Number.NEGATIVE_INFINITY;
    await this.refreshConfiguration();
    this.loop.request();
  }

  private async refreshKeys(): Promise<boolean> {
    if (this.link.isKnownToBeDown) return false;
    const before = kids(this.reader);
    await this.refreshConfiguration();
    return kids(this.reader) !== before;
  }
}

const kids = (reader: StoredReader): string => reader.keys.map(({ kid }) => kid).join();

const asResult = (
  reply: { kind: 'offline' } | { kind: 'unknown'; retryAfterSeconds: number | null },
): SyncResult => reply;

/** Fetches and stores the reader's configuration. */
export async function openReader(
  uuid: string,
  onStorage: (event: OpenEvent) => void,
): Promise<Reply<StoredReader>> {
  const reply = await fetchConfiguration(uuid);
  if (reply.kind !== 'ok') return reply;
  return { kind: 'ok', value: await saveReader(await openDatabase(onStorage), reply.value) };
}
