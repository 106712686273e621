import type { EventOutcome, FirstScan } from '../../shared/api/contracts';
import type { StoredCertificate, StoredReader, TallyRecord } from '../../shared/db/records';
import type { Answer, SeenBefore } from './answer';

interface About {
  readonly certificate: StoredCertificate;
  readonly outdated: boolean;
}

export function seenAnswer(about: About, first: TallyRecord, reader: StoredReader): Answer {
  const seen: SeenBefore = {
    time: first.time,
    readerName: first.reader_name,
    mine: first.reader === reader.uuid,
    pending: first.sent === 0,
  };
  return { tone: 'seen', first: seen, ...about };
}

export function answerFromServer(
  about: About,
  { outcome, first }: EventOutcome,
  record: TallyRecord,
  ownScanAt: number | null,
  reader: StoredReader,
): Answer {
  const event = record.event_uuid;
  switch (outcome) {
    case 'first':
      return { tone: 'first', event, local: false, ownScanAt, ...about };
    case 'duplicate':
      return { tone: 'seen', first: first && fromWire(first, reader), ...about };
    case 'left':
      return { tone: 'left', event, local: false, ownScanAt, ...about };
    case 'unconfirmed':
      return { tone: 'unconfirmed', event, ownScanAt, ...about };
    case 'undone':
    case 'reinstated':
    case 'unchanged':
      // outcomes of undos, which nobody waits for
      return { tone: 'unconfirmed', event, ownScanAt, ...about };
    case 'expired':
      return { tone: 'refused', reason: outcome, time: about.certificate.validityEnd, detail: '', ...about };
    case 'early':
      return {
        tone: 'refused',
        reason: outcome,
        time: about.certificate.validityStart,
        detail: '',
        ...about,
      };
    default:
      return { tone: 'refused', reason: outcome, time: null, detail: '', ...about };
  }
}

/** Offline a certificate nobody was seen with is let in, and marked so; when the server was asked and stayed silent it is not. */
export function answerLocally(
  about: About,
  asked: { readonly kind: 'offline' | 'unknown' },
  record: TallyRecord,
  ownScanAt: number | null,
): Answer {
  return asked.kind === 'offline' && ownScanAt === null
    ? {
        tone: record.type === 'exit' ? 'left' : 'first',
        event: record.event_uuid,
        local: true,
        ownScanAt,
        ...about,
      }
    : { tone: 'unconfirmed', event: record.event_uuid, ownScanAt, ...about };
}

const fromWire = (first: FirstScan, reader: StoredReader): SeenBefore => ({
  time: first.time,
  readerName: first.readerName,
  mine: first.reader === reader.uuid,
  pending: false,
});
