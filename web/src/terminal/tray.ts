import { create } from '../ui/dom';
import type { Outlet, Side } from './printer';

const shown = 12;
const sheetMs = 1_000;

/** A printer that is none: its sheets lie on the page. */
export class Tray implements Outlet {
  readonly sheetsAtOnce = 1;
  readonly dotsPerInch = 40;
  readonly turns = false;

  constructor(private readonly list: HTMLElement) {}

  async put(sides: readonly Side[]): Promise<void> {
    await new Promise((resolve) => window.setTimeout(resolve, sheetMs));
    const sheet = create('li', 'tray-sheet');
    for (const side of sides) {
      const image = create('img', '');
      image.alt = '';
      image.src = side.picture ? URL.createObjectURL(side.picture) : '';
      sheet.append(image);
    }
    this.list.prepend(sheet);
    while (this.list.children.length > shown) {
      const oldest = this.list.lastElementChild!;
      for (const image of oldest.querySelectorAll('img')) URL.revokeObjectURL(image.src);
      oldest.remove();
    }
  }
}
