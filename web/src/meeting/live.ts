import type { HubConnection } from '@microsoft/signalr';
import type { LobbyChange } from './lobby';

const retryMs = 5_000;

/** The live connection; it tries again for ever. Without it the page asks by itself. */
export class Live {
  private connection: HubConnection | null = null;

  constructor(
    private readonly guid: string,
    private readonly onChange: (change: LobbyChange) => void,
    private readonly onConnection: (connected: boolean) => void,
  ) {}

  async start(): Promise<void> {
    try {
      this.connection ??= await this.build();
      await this.connection.start();
      this.onConnection(true);
    } catch {
      this.lost();
    }
  }

  private lost(): void {
    this.onConnection(false);
    window.setTimeout(() => void this.start(), retryMs);
  }

  private async build(): Promise<HubConnection> {
    const { HubConnectionBuilder, HttpTransportType, LogLevel } = await import('@microsoft/signalr');
    const connection = new HubConnectionBuilder()
      .withUrl(`/hubs/meetings?guid=${encodeURIComponent(this.guid)}`, {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
      })
      .configureLogging(LogLevel.None)
      .build();
    connection.on('State', this.onChange);
    connection.onclose(() => this.lost());
    return connection;
  }
}
