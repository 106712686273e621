import type { Decoder } from './decoder';
import type { DecodeReply } from './zxing.worker';

/** Decodes off the page's thread, so that the picture stays smooth. */
export function createZxingDecoder(): Decoder {
  const worker = new Worker(new URL('./zxing.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (texts: string[]) => void; reject: (error: Error) => void }>();
  let lastId = 0;

  worker.addEventListener('message', ({ data }: MessageEvent<DecodeReply>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error === null) call?.resolve([...data.texts]);
    else call?.reject(new Error(data.error));
  });
  worker.addEventListener('error', () => {
    for (const call of waiting.values()) call.reject(new Error('the decoder stopped'));
    waiting.clear();
  });

  return {
    decode(frame, thorough) {
      const pixels = frame
        .getContext('2d', { willReadFrequently: true })!
        .getImageData(0, 0, frame.width, frame.height);
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, pixels, thorough }, [pixels.data.buffer]);
      });
    },
  };
}
