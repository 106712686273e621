import type { CertificatePage, CertificateStatus } from '../api/contracts';
import type { Claims } from '../codec/claims';
import { shortCodeOf } from '../codec/short-code';
import { emptyCursor } from './tally';
import type { StoredCertificate, StoredReader } from './records';
import type { ActorsDb } from './schema';

/** A page of the changes feed; the cursor moves only from where the request started. */
export async function applyCertificates(
  db: ActorsDb,
  reader: StoredReader,
  since: string | null,
  page: CertificatePage,
): Promise<void> {
  const entries = await Promise.all(
    page.certificates.map((status) => fromStatus(status, reader.campaign.slug)),
  );
  const tx = db.transaction(['certificates', 'cursors'], 'readwrite');
  const store = tx.objectStore('certificates');
  for (const entry of entries) await store.put(merge(await store.get(entry.certificate), entry));
  const cursors = tx.objectStore('cursors');
  const cursor = (await cursors.get(reader.uuid)) ?? emptyCursor(reader.uuid);
  if (cursor.certificates === since) await cursors.put({ ...cursor, certificates: page.cursor });
  await tx.done;
}

/** Keeps what a verified code or the server said, and gives the newest that is known of it. */
export async function rememberCertificate(
  db: ActorsDb,
  entry: StoredCertificate,
): Promise<StoredCertificate> {
  const known = await db.get('certificates', entry.certificate);
  if (known && isNoNews(known, entry)) return known;
  const tx = db.transaction('certificates', 'readwrite');
  const merged = merge(await tx.store.get(entry.certificate), entry);
  await tx.store.put(merged);
  await tx.done;
  return merged;
}

export async function fromClaims(claims: Claims, campaign: string): Promise<StoredCertificate> {
  return {
    certificate: claims.certificate,
    campaign,
    code: await shortCodeOf(claims.certificate),
    version: claims.issuedAt,
    revoked: false,
    validityStart: claims.notBefore,
    validityEnd: claims.expires,
    data: claims.data,
    dataVersion: claims.issuedAt,
  };
}

export async function fromStatus(status: CertificateStatus, campaign: string): Promise<StoredCertificate> {
  return {
    ...status,
    campaign,
    code: await shortCodeOf(status.certificate),
    dataVersion: status.data ? status.version : 0,
  };
}

export async function findByCode(
  db: ActorsDb,
  campaign: string,
  code: string,
): Promise<StoredCertificate | null> {
  const found = await db.getAllFromIndex('certificates', 'code', code);
  return found.find((certificate) => certificate.campaign === campaign) ?? null;
}

export async function listCertificates(db: ActorsDb, campaign: string): Promise<StoredCertificate[]> {
  return db.getAllFromIndex('certificates', 'campaign', campaign);
}

const isNoNews = (known: StoredCertificate, entry: StoredCertificate): boolean =>
  known.version >= entry.version && known.dataVersion >= entry.dataVersion && !entry.revoked;

/** Newest wins, a revocation is for good. */
export function merge(known: StoredCertificate | undefined, entry: StoredCertificate): StoredCertificate {
  if (!known) return entry;
  const newest = entry.version >= known.version ? entry : known;
  const newestData = entry.data && (!known.data || entry.dataVersion >= known.dataVersion) ? entry : known;
  return {
    ...newest,
    revoked: known.revoked || entry.revoked,
    data: newestData.data,
    dataVersion: newestData.dataVersion,
  };
}
