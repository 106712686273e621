import type { StoredCertificate } from '../../shared/db/records';

export type RefusalReason =
  | 'malformed'
  | 'too-large'
  | 'forged'
  | 'foreign'
  | 'expired'
  | 'early'
  | 'revoked'
  | 'unknown'
  | 'absent'
  | 'not-saved';

export interface SeenBefore {
  readonly time: number;
  readonly readerName: string;
  readonly mine: boolean;
  /** The server has not heard of that scan yet. */
  readonly pending: boolean;
}

interface About {
  /** The newest that is known of the certificate. */
  readonly certificate: StoredCertificate;
  /** The code that was shown is older than what is known. */
  readonly outdated: boolean;
}

export type Answer =
  /** A reader that does not tally: it holds, nothing is recorded. */
  | (About & { readonly tone: 'valid' })
  | (About & {
      readonly tone: 'first';
      readonly event: string;
      /** Nobody but this device was asked. */
      readonly local: boolean;
      /** When this very scan was made, if the code had to be shown again. */
      readonly ownScanAt: number | null;
    })
  /** An exit. */
  | (About & {
      readonly tone: 'left';
      readonly event: string;
      readonly local: boolean;
      readonly ownScanAt: number | null;
    })
  | (About & { readonly tone: 'seen'; readonly first: SeenBefore | null })
  | (About & { readonly tone: 'unconfirmed'; readonly event: string; readonly ownScanAt: number | null })
  | {
      readonly tone: 'refused';
      readonly reason: RefusalReason;
      readonly time: number | null;
      readonly detail: string;
      readonly certificate: StoredCertificate | null;
      readonly outdated: boolean;
    };
