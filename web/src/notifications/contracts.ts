/** A notification, as the server lists it. */
export interface Notice {
  readonly id: string;
  readonly origin: string;
  readonly summary: string;
  readonly body: string;
  readonly url: string | null;
  readonly locale: string | null;
  readonly created: string;
  readonly acked: boolean;
}

export interface NoticePage {
  readonly items: readonly Notice[];
  readonly unread: number;
  readonly cursor: string | null;
}

export interface Quiet {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

export interface Device {
  readonly id: string;
  readonly name: string | null;
  readonly label: string;
  readonly created: string;
  readonly lastSuccess: string | null;
  readonly strikes: number;
  readonly lastStatus: number | null;
  readonly on: boolean;
}

export interface Wishes {
  readonly mutedOrigins: readonly string[];
  readonly quiet: Quiet | null;
}

export type DeliveryState = 'pending' | 'retrying' | 'sent' | 'failed' | 'expired' | 'gone';

export interface Delivery {
  readonly device: string;
  readonly state: DeliveryState;
  readonly lastStatus: number | null;
  readonly shown: string | null;
}
