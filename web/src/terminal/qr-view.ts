import { create as encode } from 'qrcode';
import type { QrToken } from './hub';

const namespace = 'http://www.w3.org/2000/svg';
const quiet = 4;
/** After this a code that stays on the screen would be refused. */
const graceMs = 3_000;
const longestMs = 600_000;

/** The code, with a ring that runs out while it is good. */
export class QrView {
  private timer = 0;
  private animation: Animation | null = null;

  constructor(
    private readonly place: HTMLElement,
    private readonly ring: SVGElement,
  ) {}

  show({ qrToken, expires }: QrToken): void {
    window.clearTimeout(this.timer);
    this.place.replaceChildren(qrPicture(qrToken));
    this.place.dataset['token'] = qrToken;
    // a clock that is wrong must not hide a good code
    const left = Date.parse(expires) - Date.now();
    const lasts = left > 1_000 && left < longestMs ? left : 30_000;
    this.animation?.cancel();
    this.animation = this.ring.animate([{ strokeDashoffset: 0 }, { strokeDashoffset: 1 }], {
      duration: lasts,
      fill: 'forwards',
    });
    this.timer = window.setTimeout(() => this.hide(), lasts + graceMs);
  }

  hide(): void {
    window.clearTimeout(this.timer);
    this.animation?.cancel();
    this.place.replaceChildren();
    delete this.place.dataset['token'];
  }
}

export function qrPicture(text: string): SVGElement {
  const { modules } = encode(text, { errorCorrectionLevel: 'M' });
  const side = modules.size + 2 * quiet;
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${side} ${side}`);
  svg.setAttribute('class', 'qr-picture');
  svg.setAttribute('shape-rendering', 'crispEdges');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute(
    'd',
    modulePath(modules.size, (row, column) => modules.get(row, column) === 1),
  );
  svg.append(path);
  return svg;
}

/** One rectangle for each run of dark modules in a row. */
export function modulePath(size: number, isDark: (row: number, column: number) => boolean): string {
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!isDark(row, column)) continue;
      const from = column;
      while (column < size && isDark(row, column)) column++;
      path += `M${from + quiet} ${row + quiet}h${column - from}v1h${from - column}z`;
    }
  }
  return path;
}
