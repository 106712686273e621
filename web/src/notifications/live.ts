import type { HubConnection } from '@microsoft/signalr';

const retryMs = 5_000;

/** The live connection; it tries again for ever. Whatever is told, the page asks for its list. */
export class Live {
  private connection: HubConnection | null = null;

  constructor(
    private readonly token: string,
    private readonly onTold: () => void,
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
      .withUrl('/hubs/notifications', {
        transport: HttpTransportType.WebSockets,
        skipNegotiation: true,
        accessTokenFactory: () => this.token,
      })
      .configureLogging(LogLevel.None)
      .build();
    for (const told of ['Notification', 'Unread', 'Removed', 'Missed']) connection.on(told, this.onTold);
    connection.onclose(() => this.lost());
    return connection;
  }
}
