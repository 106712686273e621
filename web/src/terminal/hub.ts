import type { HubConnection } from '@microsoft/signalr';
import type { KioskCommand, KioskJob, Report } from './contracts';

export type Connection = 'connecting' | 'connected' | 'lost' | 'elsewhere';

export interface QrToken {
  /** The whole text of the code. */
  readonly qrToken: string;
  readonly expires: string;
}

export interface HubHandlers {
  readonly onToken: (token: QrToken) => void;
  readonly onJob: (job: KioskJob) => void;
  readonly onCommand: (command: KioskCommand) => void;
  readonly onCancelled: (id: string) => void;
  readonly onConnection: (connection: Connection) => void;
  /** The server does not know the token any more. */
  readonly onRefused: () => void;
}

const retryMs = 5_000;
const refusal = /HubException: (\w+)/;

/** Why a pin is not printed; 'offline' when nobody said. */
export function codeOf(error: unknown): string {
  return refusal.exec(error instanceof Error ? error.message : '')?.[1] ?? 'offline';
}

/** The live connection to the server. It tries again for ever, until the token is refused. */
export class TerminalHub {
  private connection: HubConnection | null = null;
  private stopped = false;
  private readonly unsent = new Map<string, Report>();

  constructor(
    private readonly token: string,
    private readonly handlers: HubHandlers,
  ) {}

  start(): void {
    this.handlers.onConnection('connecting');
    void this.connect();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.connection?.stop();
  }

  async acknowledge(id: string): Promise<boolean> {
    return (await this.live().invoke<unknown>('Acknowledge', id)) === true;
  }

  async print(pin: string): Promise<void> {
    await this.live().invoke('Print', pin);
  }

  /** The newest report of each job reaches the server, if need be by a later connection. */
  report(report: Report): void {
    this.unsent.set(report.id, report);
    void this.send();
  }

  /** Waits until the server has every report. */
  async reported(): Promise<void> {
    while (this.unsent.size > 0) await new Promise((resolve) => window.setTimeout(resolve, 200));
  }

  private live(): HubConnection {
    if (!this.connection) throw new Error('not connected');
    return this.connection;
  }

  private async send(): Promise<void> {
    for (const [id, report] of [...this.unsent]) {
      try {
        await this.live().invoke('Progress', report);
      } catch (error) {
        // a refusal is an answer; anything else is the connection, and the next one has it
        if (codeOf(error) === 'offline') return;
      }
      if (this.unsent.get(id) === report) this.unsent.delete(id);
    }
  }

  private async connect(): Promise<void> {
    try {
      this.connection ??= await this.build();
      await this.connection.start();
      this.handlers.onConnection('connected');
      void this.send();
    } catch {
      await this.lost();
    }
  }

  private async lost(error?: Error): Promise<void> {
    if (this.stopped) return;
    this.handlers.onConnection(error?.message.includes('token_used') ? 'elsewhere' : 'lost');
    if (await isRefused(this.token)) {
      this.stopped = true;
      this.handlers.onRefused();
      return;
    }
    window.setTimeout(() => void this.connect(), retryMs);
  }

  private async build(): Promise<HubConnection> {
    const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import('@microsoft/signalr');
    const connection = new HubConnectionBuilder()
      .withUrl(`/hubs/terminals?access_token=${encodeURIComponent(this.token)}`, {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
      })
      .configureLogging(LogLevel.None)
      .build();
    connection.on('Token', this.handlers.onToken);
    connection.on('Job', this.handlers.onJob);
    connection.on('Command', this.handlers.onCommand);
    connection.on('Cancelled', this.handlers.onCancelled);
    connection.on('Alive', () => true);
    connection.onclose((error) => void this.lost(error));
    return connection;
  }
}

/** Only a clear answer counts: without one it is the network. */
export async function isRefused(token: string): Promise<boolean> {
  try {
    const answer = await fetch('/auth/me', {
      headers: { authorization: `Bearer ${token}` },
      cache: 'no-store',
    });
    return answer.status === 401 || answer.status === 403;
  } catch {
    return false;
  }
}
