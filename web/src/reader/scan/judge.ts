import type { EventOutcome } from '../../shared/api/contracts';
import {
  CertificateVerifier,
  validityAt,
  type Reading,
  type SigningKey,
} from '../../shared/codec/certificate';
import { fromClaims, rememberCertificate } from '../../shared/db/certificates';
import type { Direction, StoredCertificate, StoredReader, TallyRecord } from '../../shared/db/records';
import type { ActorsDb } from '../../shared/db/schema';
import { recordAnswer, recordExit, recordScan } from '../../shared/db/tally';
import type { Answer, RefusalReason } from './answer';
import { answerFromServer, answerLocally, seenAnswer } from './decide';

/** What became of asking the server about one scan. */
export type Asked =
  | { readonly kind: 'decided'; readonly outcome: EventOutcome }
  | { readonly kind: 'offline' }
  /** Asked, but no answer in time: it may have arrived. */
  | { readonly kind: 'unknown' };

export interface JudgeContext {
  readonly database: () => Promise<ActorsDb>;
  readonly reader: () => StoredReader;
  /** Whether a scan lets in or out. */
  readonly direction?: () => Direction;
  /** Fetches the configuration again; true when the keys changed. */
  readonly refreshKeys: () => Promise<boolean>;
  /** Asks the server to decide, and stores its decision. */
  readonly ask: (record: TallyRecord) => Promise<Asked>;
}

/** From a code in view to an answer on the screen. */
export class Judge {
  private verifier: { keys: readonly SigningKey[]; verifier: CertificateVerifier } | null = null;

  constructor(private readonly context: JudgeContext) {}

  async judgeText(text: string): Promise<Answer> {
    let reading = await this.read(text);
    if (reading.kind === 'foreign' && (await this.context.refreshKeys())) reading = await this.read(text);
    if (reading.kind !== 'signed') return refused(reading.kind);
    const entry = await fromClaims(reading.claims, this.context.reader().campaign.slug);
    return this.judge(entry);
  }

  /** For a certificate found by its typed code or by name. */
  async judge(shown: StoredCertificate): Promise<Answer> {
    const reader = this.context.reader();
    const known = await this.remember(shown);
    const about = { certificate: known, outdated: known.version > shown.version };
    // who is inside may leave, whatever became of the certificate
    if (reader.tally && this.context.direction?.() === 'exit') return this.leave(about);
    if (known.revoked) return refused('revoked', about);
    const times = { notBefore: known.validityStart, expires: known.validityEnd };
    const validity = validityAt(times, Date.now() / 1000 + reader.clockOffset);
    if (validity === 'expired') return refused('expired', about, known.validityEnd);
    if (validity === 'early') return refused('early', about, known.validityStart);
    return reader.tally ? this.tally(about) : { tone: 'valid', ...about };
  }

  private async tally(about: { certificate: StoredCertificate; outdated: boolean }): Promise<Answer> {
    const reader = this.context.reader();
    try {
      const db = await this.context.database();
      const { verdict, record } = await recordScan(
        db,
        reader,
        about.certificate.certificate,
        Date.now() / 1000,
      );
      if (verdict.kind === 'seen') return seenAnswer(about, verdict.first, reader);
      if (!record) throw new Error('a scan that is not seen has a record');
      return await this.decide(db, about, record, verdict.kind === 'mine' ? record.time : null);
    } catch (error) {
      return notSaved(about, error);
    }
  }

  private async leave(about: { certificate: StoredCertificate; outdated: boolean }): Promise<Answer> {
    try {
      const db = await this.context.database();
      const { certificate } = about.certificate;
      const { record, again } = await recordExit(db, this.context.reader(), certificate, Date.now() / 1000);
      return await this.decide(db, about, record, again ? record.time : null);
    } catch (error) {
      return notSaved(about, error);
    }
  }

  private async decide(
    db: ActorsDb,
    about: { certificate: StoredCertificate; outdated: boolean },
    record: TallyRecord,
    ownScanAt: number | null,
  ): Promise<Answer> {
    const asked = await this.askOnce(record);
    const answer =
      asked.kind === 'decided'
        ? answerFromServer(about, asked.outcome, record, ownScanAt, this.context.reader())
        : answerLocally(about, asked, record, ownScanAt);
    await recordAnswer(db, record.event_uuid, given(answer));
    return answer;
  }

  private async askOnce(record: TallyRecord): Promise<Asked> {
    const isDecided = record.sent === 1 && record.outcome !== undefined;
    return isDecided
      ? { kind: 'decided', outcome: { outcome: record.outcome, first: record.first ?? null } }
      : this.context.ask(record);
  }

  private async read(text: string): Promise<Reading> {
    const { keys } = this.context.reader();
    if (this.verifier?.keys !== keys) this.verifier = { keys, verifier: new CertificateVerifier(keys) };
    return this.verifier.verifier.read(text);
  }

  private async remember(shown: StoredCertificate): Promise<StoredCertificate> {
    try {
      return await rememberCertificate(await this.context.database(), shown);
    } catch {
      // checking needs no storage; counting does, and says so itself
      return shown;
    }
  }
}

/** No yes without a scan on disk. */
function notSaved(about: { certificate: StoredCertificate; outdated: boolean }, error: unknown): Answer {
  return {
    ...refused('not-saved', about),
    detail: error instanceof Error ? error.message : String(error),
  };
}

function refused(
  reason: RefusalReason,
  about: { certificate: StoredCertificate | null; outdated: boolean } = {
    certificate: null,
    outdated: false,
  },
  time: number | null = null,
): Extract<Answer, { tone: 'refused' }> {
  return { tone: 'refused', reason, time, detail: '', ...about };
}

function given(answer: Answer): 'confirmed' | 'local' | 'unconfirmed' | 'seen' | 'refused' {
  if (answer.tone === 'first' || answer.tone === 'left') return answer.local ? 'local' : 'confirmed';
  return answer.tone === 'valid' ? 'confirmed' : answer.tone;
}
