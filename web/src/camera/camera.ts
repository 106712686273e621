export type CameraTrouble = 'denied' | 'missing' | 'busy' | 'failed';

export class CameraError extends Error {
  constructor(
    readonly trouble: CameraTrouble,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const troubles: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

interface TorchCapabilities extends MediaTrackCapabilities {
  readonly torch?: boolean;
}

/** One camera at a time, shown in the given video element. */
export class Camera {
  private stream: MediaStream | null = null;
  private deviceId: string | null = null;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly onEnded: () => void,
  ) {}

  get isOn(): boolean {
    return this.stream !== null;
  }

  /** Not in every browser, and of the cameras of a phone not all have one. */
  get hasTorch(): boolean {
    const track = this.track;
    const capabilities: TorchCapabilities | undefined = track?.getCapabilities?.();
    return capabilities?.torch === true;
  }

  async start(): Promise<void> {
    this.stop();
    try {
      this.stream = await this.open();
      this.video.srcObject = this.stream;
      this.track?.addEventListener('ended', this.onEnded);
      await this.video.play();
    } catch (error) {
      this.stop();
      throw new CameraError(troubles[error instanceof Error ? error.name : ''] ?? 'failed', error);
    }
  }

  stop(): void {
    for (const track of this.stream?.getTracks() ?? []) {
      track.removeEventListener('ended', this.onEnded);
      track.stop();
    }
    this.stream = null;
    this.video.srcObject = null;
  }

  async canSwitch(): Promise<boolean> {
    return (await this.list()).length > 1;
  }

  /** The next camera of this device. */
  async next(): Promise<void> {
    const cameras = await this.list();
    const current = this.track?.getSettings().deviceId;
    const index = cameras.findIndex(({ deviceId }) => deviceId === current);
    this.deviceId = cameras[(index + 1) % cameras.length]?.deviceId ?? null;
    await this.start();
  }

  async setTorch(on: boolean): Promise<void> {
    await this.track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
  }

  private async open(): Promise<MediaStream> {
    const size = { width: { ideal: 1280 }, height: { ideal: 1280 } };
    const get = (which: MediaTrackConstraints) =>
      navigator.mediaDevices.getUserMedia({ video: { ...which, ...size }, audio: false });
    const facing = { facingMode: { ideal: 'environment' } };
    if (this.deviceId === null) return get(facing);
    try {
      return await get({ deviceId: { exact: this.deviceId } });
    } catch (error) {
      // the chosen camera was unplugged: any other will do
      if (!(error instanceof Error) || !['OverconstrainedError', 'NotFoundError'].includes(error.name))
        throw error;
      this.deviceId = null;
      return get(facing);
    }
  }

  private get track(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0];
  }

  private async list(): Promise<MediaDeviceInfo[]> {
    return (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
  }
}
