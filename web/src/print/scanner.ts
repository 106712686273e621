import { Camera, CameraError, type CameraTrouble } from '../camera/camera';
import { createDecoder, type Decoder } from '../camera/decoder';
import { ScanLoop } from '../camera/scan-loop';

export interface Scanner {
  stop(): void;
}

/** One for as often as the camera is opened. */
let decoding: Promise<Decoder> | null = null;

/** Films until it is stopped; tells every code that comes into view. */
export async function scan(
  video: HTMLVideoElement,
  onCode: (text: string) => void,
  onEnded: () => void,
): Promise<Scanner | CameraTrouble> {
  const camera = new Camera(video, onEnded);
  try {
    const [decoder] = await Promise.all([(decoding ??= createDecoder()), camera.start()]);
    const loop = new ScanLoop(video, decoder, onCode);
    loop.start();
    return {
      stop: () => {
        loop.stop();
        camera.stop();
      },
    };
  } catch (error) {
    camera.stop();
    return error instanceof CameraError ? error.trouble : 'failed';
  }
}
