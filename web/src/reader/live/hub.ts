import type { HubConnection } from '@microsoft/signalr';
import { parseOutcome, type EventOutcome } from '../../shared/api/contracts';
import type { TallyRecord } from '../../shared/db/records';
import { backoffMs } from '../../shared/sync/backoff';

export interface HubHandlers {
  readonly onEvents: (message: unknown) => void;
  readonly onCounters: (message: unknown) => void;
  readonly onConflict: () => void;
  readonly onConfiguration: () => void;
  readonly onConnection: (connected: boolean) => void;
}

/** The live connection. It holds no truth: whoever reconnects synchronises first. */
export class ReaderHub {
  private connection: HubConnection | null = null;
  private starting = false;
  private failures = 0;
  private retryTimer: number | null = null;

  constructor(
    private readonly reader: string,
    private readonly handlers: HubHandlers,
  ) {}

  get isConnected(): boolean {
    // the library's own state names are strings
    return this.connection?.state === ('Connected' as HubConnection['state']);
  }

  /** Connects, and tries again for ever. Called when the network may be back: nobody waits for the next try then. */
  start(): void {
    if (this.starting || this.isConnected) return;
    if (this.retryTimer !== null) self.clearTimeout(this.retryTimer);
    this.retryTimer = null;
    void this.connect();
  }

  /** Asks for one decision; null when none came within the budget. */
  async scan(record: TallyRecord, budgetMs: number): Promise<EventOutcome | null> {
    const { connection } = this;
    if (!connection || !this.isConnected) return null;
    const request = {
      certificate: record.certificate_uuid,
      event: record.event_uuid,
      timestamp: record.timestamp,
      type: record.type,
      now: Date.now() / 1000,
    };
    const timeout = new Promise<null>((resolve) => self.setTimeout(() => resolve(null), budgetMs));
    const answer = connection.invoke('Scan', request).then(parseOutcome, () => null);
    return Promise.race([answer, timeout]);
  }

  private async connect(): Promise<void> {
    this.starting = true;
    try {
      this.connection ??= await this.build();
      if (this.connection.state === ('Reconnecting' as HubConnection['state'])) await this.connection.stop();
      await this.connection.start();
      this.failures = 0;
      this.handlers.onConnection(true);
    } catch {
      // no websocket here or no server now: HTTP does the work meanwhile
      this.failures++;
      this.retryTimer = self.setTimeout(() => this.start(), backoffMs(this.failures));
    } finally {
      this.starting = false;
    }
  }

  private async build(): Promise<HubConnection> {
    const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import('@microsoft/signalr');
    const connection = new HubConnectionBuilder()
      .withUrl(`/hubs/readers?reader=${encodeURIComponent(this.reader)}&order=arrival`, {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
      })
      .withAutomaticReconnect({
        nextRetryDelayInMilliseconds: ({ previousRetryCount }) => backoffMs(previousRetryCount),
      })
      .configureLogging(LogLevel.None)
      .build();
    connection.on('Events', this.handlers.onEvents);
    connection.on('Counters', this.handlers.onCounters);
    connection.on('Conflict', this.handlers.onConflict);
    connection.on('Configuration', this.handlers.onConfiguration);
    connection.onreconnecting(() => this.handlers.onConnection(false));
    connection.onreconnected(() => this.handlers.onConnection(true));
    connection.onclose(() => {
      this.handlers.onConnection(false);
      this.retryTimer = self.setTimeout(() => this.start(), backoffMs(++this.failures));
    });
    return connection;
  }
}
