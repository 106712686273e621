import type { SigningKey } from '../codec/certificate';
import type { StoredReader, TallyRecord } from '../db/records';
import {
  isJson,
  parseCertificate,
  parseCertificatePage,
  parseContacts,
  parseSyncAnswer,
  seconds,
  text,
  textMap,
  type CertificatePage,
  type CertificateStatus,
  type ReaderContact,
  type SyncAnswer,
} from './contracts';

/** Refusals and outages are values; only bugs throw. */
export type Reply<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly description: string }
  /** The request did not get through. */
  | { readonly kind: 'offline' }
  /** It may have arrived, but no usable answer came back. */
  | { readonly kind: 'unknown'; readonly retryAfterSeconds: number | null };

export type ReaderConfiguration = Omit<StoredReader, 'openedAt'>;

export interface SyncRequest {
  readonly reader: string;
  readonly events: readonly TallyRecord[];
  readonly since: string | null;
  readonly nowSeconds: number;
  readonly limit: number;
  /** Older scans follow in another request: what this one brings must not make them look late. */
  readonly more: boolean;
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 15_000;

const wasAnsweredHere = ({ answer }: TallyRecord): boolean => answer === 'local' || answer === 'unconfirmed';

export async function fetchConfiguration(reader: string): Promise<Reply<ReaderConfiguration>> {
  const sentAt = Date.now() / 1000;
  return send(`/pointage/configuration?uuid=${encodeURIComponent(reader)}`, {}, (body) => {
    const receivedAt = Date.now() / 1000;
    return parseConfiguration(body, (sentAt + receivedAt) / 2);
  });
}

export async function fetchContacts(reader: string): Promise<Reply<ReaderContact[]>> {
  return send(`/pointage/readers?uuid=${encodeURIComponent(reader)}`, {}, parseContacts);
}

export async function postSync(request: SyncRequest): Promise<Reply<SyncAnswer>> {
  const body = {
    events: request.events.map((record) => ({
      // a forged code names none
      ...(record.certificate_uuid ? { certificate: record.certificate_uuid } : {}),
      event: record.event_uuid,
      timestamp: record.timestamp,
      type: record.type,
      ...(record.type === 'undo' ? { related: record.related } : {}),
      ...(record.reason ? { reason: record.reason } : {}),
      // the others' pages cannot know what this one told its operator
      ...(wasAnsweredHere(record) ? { offline: true } : {}),
    })),
    ...(request.since === null ? {} : { since: request.since }),
    now: request.nowSeconds,
    limit: request.limit,
    ...(request.more ? { more: true } : {}),
  };
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    keepalive: request.events.length > 0 && request.events.length <= 50,
  };
  const url = `/pointage/?uuid=${encodeURIComponent(request.reader)}`;
  return send(url, init, parseSyncAnswer, request.timeoutMs);
}

export async function fetchCertificates(
  reader: string,
  cursor: string | null,
): Promise<Reply<CertificatePage>> {
  const query = new URLSearchParams({ uuid: reader, ...(cursor === null ? {} : { cursor }) });
  return send(`/pointage/certificates?${query}`, {}, parseCertificatePage);
}

export async function fetchByCode(reader: string, code: string): Promise<Reply<CertificateStatus>> {
  const url = `/pointage/code/${encodeURIComponent(code)}?uuid=${encodeURIComponent(reader)}`;
  return send(url, {}, parseCertificate, 5_000);
}

export async function fetchMetadata(
  campaign: string,
  reader: string,
  certificate: string,
): Promise<Reply<Record<string, string>>> {
  const path = `/qrcode/${encodeURIComponent(campaign)}/read-metadata/${encodeURIComponent(reader)}`;
  return send(`${path}?certificate=${encodeURIComponent(certificate)}`, {}, textMap, 5_000);
}

function parseConfiguration(body: unknown, deviceNow: number): ReaderConfiguration | null {
  if (!isJson(body) || !isJson(body['reader']) || !isJson(body['campaign'])) return null;
  const { reader, campaign } = { reader: body['reader'], campaign: body['campaign'] };
  const direction = text(reader['direction']);
  const keys = Array.isArray(body['keys']) ? body['keys'] : [];
  const metadata = Array.isArray(reader['readableMetadata']) ? reader['readableMetadata'] : [];
  return {
    uuid: text(reader['uuid']),
    name: text(reader['name']),
    tally: reader['tally'] === true,
    gate: text(reader['gate']) || null,
    direction: direction === 'exit' || direction === 'both' ? direction : 'entry',
    readableMetadata: metadata.map(text),
    validityStart: seconds(reader['validityStart']),
    validityEnd: seconds(reader['validityEnd']),
    campaign: { slug: text(campaign['slug']), name: text(campaign['name']) },
    keys: keys.filter((key): key is SigningKey => isJson(key) && typeof key['kid'] === 'string'),
    clockOffset: (seconds(body['now']) ?? deviceNow) - deviceNow,
    fetchedAt: deviceNow,
  };
}

async function send<T>(
  url: string,
  init: RequestInit,
  parse: (data: unknown) => T | null,
  timeoutMs = defaultTimeoutMs,
): Promise<Reply<T>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...init, cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) });
    body = await response.json().catch((error: unknown) => {
      // a body that is no JSON is a portal's or proxy's page, not an answer
      if (error instanceof SyntaxError) return undefined;
      throw error;
    });
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    return timedOut ? { kind: 'unknown', retryAfterSeconds: null } : { kind: 'offline' };
  }
  if (response.ok) {
    const value = parse(isJson(body) && 'err' in body ? body['data'] : body);
    return value === null ? { kind: 'unknown', retryAfterSeconds: null } : { kind: 'ok', value };
  }
  const isFinal =
    response.status >= 400 && response.status < 500 && ![408, 425, 429].includes(response.status);
  if (isFinal && isJson(body)) return refusal(response.status, body);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return { kind: 'unknown', retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null };
}

function refusal<T>(status: number, body: Readonly<Record<string, unknown>>): Reply<T> {
  const code = text(body['err_class']) || text(body['code']) || String(status);
  const description = text(body['err_desc']) || text(body['detail']) || text(body['title']);
  return { kind: 'refused', status, code, description };
}
