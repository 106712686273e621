import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Camera, CameraError } from '../../src/camera/camera';

interface FakeDevice {
  readonly deviceId: string;
  readonly torch?: boolean;
  readonly kind?: string;
}

class FakeTrack extends EventTarget {
  readonly applied: MediaTrackConstraints[] = [];
  stopped = false;

  constructor(readonly device: FakeDevice) {
    super();
  }

  getCapabilities = () => ({ ...(this.device.torch === undefined ? {} : { torch: this.device.torch }) });
  getSettings = () => ({ deviceId: this.device.deviceId });
  stop = () => void (this.stopped = true);
  applyConstraints = (constraints: MediaTrackConstraints) => {
    this.applied.push(constraints);
    return Promise.resolve();
  };
}

const failure = (name: string) => Object.assign(new Error(name), { name });

let devices: FakeDevice[];
let tracks: FakeTrack[];
let trouble: string | null;
let ended: number;
let camera: Camera;

beforeEach(() => {
  devices = [{ deviceId: 'back', torch: true }];
  tracks = [];
  trouble = null;
  ended = 0;
  const getUserMedia = ({ video }: { video: MediaTrackConstraints }) => {
    if (trouble) return Promise.reject(failure(trouble));
    const wanted = (video.deviceId as { exact: string } | undefined)?.exact;
    const device = devices.find(({ deviceId }) => wanted === undefined || deviceId === wanted);
    if (!device) return Promise.reject(failure(wanted ? 'OverconstrainedError' : 'NotFoundError'));
    const track = new FakeTrack(device);
    tracks.push(track);
    return Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] });
  };
  const enumerateDevices = () =>
    Promise.resolve([
      { deviceId: 'microphone', kind: 'audioinput' },
      ...devices.map(({ deviceId }) => ({ deviceId, kind: 'videoinput' })),
    ]);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia, enumerateDevices } });
  const video = { srcObject: null, play: () => Promise.resolve() } as unknown as HTMLVideoElement;
  camera = new Camera(video, () => ended++);
});

afterEach(() => vi.unstubAllGlobals());

const current = () => tracks.at(-1)!;

describe('the light', () => {
  it('is offered where the camera has one, and switched by its constraint', async () => {
    await camera.start();
    expect(camera.hasTorch).toBe(true);
    await camera.setTorch(true);
    await camera.setTorch(false);
    expect(current().applied).toEqual([{ advanced: [{ torch: true }] }, { advanced: [{ torch: false }] }]);
  });

  it('is not offered where there is none, or where the browser does not tell', async () => {
    for (const device of [{ deviceId: 'front', torch: false }, { deviceId: 'laptop' }]) {
      devices = [device];
      await camera.start();
      expect(camera.hasTorch).toBe(false);
    }
    current().getCapabilities = undefined as never;
    expect(camera.hasTorch).toBe(false);
    camera.stop();
    expect(camera.hasTorch).toBe(false);
  });
});

describe('the switch', () => {
  it('is offered only to those who have two cameras; a microphone is none', async () => {
    await camera.start();
    expect(await camera.canSwitch()).toBe(false);
    devices.push({ deviceId: 'front' });
    expect(await camera.canSwitch()).toBe(true);
  });

  it('goes round, lets the camera before go, and the light with it', async () => {
    devices.push({ deviceId: 'front' });
    await camera.start();
    await camera.next();
    expect(current().device.deviceId).toBe('front');
    expect(tracks[0]?.stopped).toBe(true);
    expect(camera.hasTorch).toBe(false);
    await camera.next();
    expect(current().device.deviceId).toBe('back');
    expect(camera.hasTorch).toBe(true);
  });

  it('stays with the chosen camera when started again, until that one is gone', async () => {
    devices.push({ deviceId: 'front' });
    await camera.start();
    await camera.next();
    camera.stop();
    await camera.start();
    expect(current().device.deviceId).toBe('front');
    devices.pop();
    await camera.start();
    expect(current().device.deviceId).toBe('back');
  });
});

describe('trouble', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('%s is told as %s', async (name, expected) => {
    trouble = name;
    const error = await camera.start().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CameraError);
    expect((error as CameraError).trouble).toBe(expected);
    expect(camera.isOn).toBe(false);
  });

  it('is told when the camera ends by itself, not when it is stopped', async () => {
    await camera.start();
    current().dispatchEvent(new Event('ended'));
    expect(ended).toBe(1);
    camera.stop();
    current().dispatchEvent(new Event('ended'));
    expect(ended).toBe(1);
  });
});
