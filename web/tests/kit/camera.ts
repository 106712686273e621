import { writeFile } from 'node:fs/promises';
import QRCode from 'qrcode';

const side = 720;

/** A film for Chromium's fake camera (Y4M, grey) that shows one code for some frames after the other; null is an empty picture. */
export async function writeFilm(
  path: string,
  shots: readonly { text: string | null; frames: number }[],
): Promise<void> {
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${side} H${side} F10:1 Ip A1:1 C420jpeg\n`)];
  const chroma = Buffer.alloc((side * side) / 2, 128);
  for (const { text, frames } of shots) {
    const luma = text === null ? Buffer.alloc(side * side, 90) : draw(text);
    for (let i = 0; i < frames; i++) parts.push(Buffer.from('FRAME\n'), luma, chroma);
  }
  await writeFile(path, Buffer.concat(parts));
}

function draw(text: string): Buffer {
  const { modules } = QRCode.create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q' });
  const scale = Math.floor((side * 0.8) / modules.size);
  const margin = Math.floor((side - scale * modules.size) / 2);
  const luma = Buffer.alloc(side * side, 235);
  for (let y = 0; y < scale * modules.size; y++) {
    for (let x = 0; x < scale * modules.size; x++) {
      if (modules.get(Math.floor(y / scale), Math.floor(x / scale)))
        luma[(y + margin) * side + x + margin] = 20;
    }
  }
  return luma;
}
