import { Presence } from './presence';
import type { Decoder } from './decoder';

const retryMs = 100;

/** Most frames are looked at quickly, for a code held into the frame; every third for small, blurred or inverted ones. */
const quickSide = 720;
const thoroughSide = 1080;
const thoroughEvery = 3;

interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Decodes frame after frame, each only when the one before is done. */
export class ScanLoop {
  private readonly quick = document.createElement('canvas');
  private readonly thorough = document.createElement('canvas');
  private frames = 0;
  private presence = new Presence();
  private generation = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly decoder: Decoder,
    private readonly onCode: (text: string) => void,
  ) {}

  start(): void {
    this.presence = new Presence();
    this.schedule(++this.generation);
  }

  stop(): void {
    this.generation++;
  }

  private schedule(generation: number): void {
    const run = () => void this.frame(generation);
    if ('requestVideoFrameCallback' in this.video) this.video.requestVideoFrameCallback(run);
    else self.setTimeout(run, retryMs);
  }

  private async frame(generation: number): Promise<void> {
    if (generation !== this.generation) return;
    try {
      const isThorough = this.frames++ % thoroughEvery === thoroughEvery - 1;
      const canvas = isThorough ? this.thorough : this.quick;
      const isDrawn = this.draw(canvas, isThorough ? thoroughSide : quickSide);
      const texts = isDrawn ? await this.decoder.decode(canvas, isThorough) : [];
      if (generation !== this.generation) return;
      for (const text of this.presence.observe(texts, performance.now())) this.onCode(text);
    } catch (error) {
      // one frame that cannot be decoded; the next may
      console.warn(error);
    }
    if (generation === this.generation) this.schedule(generation);
  }

  /** Draws what the person sees: the visible part of the picture, no larger than needed. */
  private draw(canvas: HTMLCanvasElement, maxSide: number): boolean {
    const { videoWidth, videoHeight, clientWidth, clientHeight } = this.video;
    if (videoWidth === 0 || videoHeight === 0) return false;
    const crop = visiblePart(videoWidth, videoHeight, clientWidth, clientHeight);
    const scale = Math.min(1, maxSide / Math.max(crop.width, crop.height));
    const width = Math.round(crop.width * scale);
    const height = Math.round(crop.height * scale);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context?.drawImage(this.video, crop.x, crop.y, crop.width, crop.height, 0, 0, width, height);
    return context !== null;
  }
}

/** What object-fit: cover leaves visible of a picture. */
export function visiblePart(width: number, height: number, boxWidth: number, boxHeight: number): Crop {
  if (boxWidth === 0 || boxHeight === 0) return { x: 0, y: 0, width, height };
  const scale = Math.max(boxWidth / width, boxHeight / height);
  const visibleWidth = Math.min(width, boxWidth / scale);
  const visibleHeight = Math.min(height, boxHeight / scale);
  return {
    x: (width - visibleWidth) / 2,
    y: (height - visibleHeight) / 2,
    width: visibleWidth,
    height: visibleHeight,
  };
}
