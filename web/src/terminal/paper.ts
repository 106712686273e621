import { create } from '../ui/dom';
import { PrintFailure } from './contracts';
import type { Outlet, Side } from './printer';
import { sheetsAtOnce } from './sheets';

const patienceMs = 180_000;

/** The real printer, by the browser's own printing; started with --kiosk-printing it asks nobody. */
export class Paper implements Outlet {
  readonly sheetsAtOnce = sheetsAtOnce;
  readonly dotsPerInch = 200;

  constructor(
    private readonly container: HTMLElement,
    readonly turns: boolean,
  ) {}

  async put(sides: readonly Side[]): Promise<void> {
    const rules = pageRules(sides);
    const addresses: string[] = [];
    try {
      const papers = sides.map((side) => {
        const paper = create('div', 'paper');
        paper.style.setProperty('page', pageName(side));
        paper.style.width = `${side.width}pt`;
        paper.style.height = `${side.height}pt`;
        if (side.picture) {
          const image = create('img', '');
          image.src = URL.createObjectURL(side.picture);
          addresses.push(image.src);
          paper.append(image);
        }
        return paper;
      });
      this.container.replaceChildren(...papers);
      await Promise.all([...this.container.querySelectorAll('img')].map((image) => image.decode()));
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, rules];
      await printed();
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== rules);
      this.container.replaceChildren();
      for (const address of addresses) URL.revokeObjectURL(address);
    }
  }
}

/** The paper is as large as the page, without margins of the browser's. */
function pageRules(sides: readonly Side[]): CSSStyleSheet {
  const rules = new CSSStyleSheet();
  const sizes = new Map(sides.map((side) => [pageName(side), `${side.width}pt ${side.height}pt`]));
  rules.replaceSync(
    [...sizes].map(([name, size]) => `@page ${name} { size: ${size}; margin: 0 }`).join('\n') +
      `\n@page { size: ${[...sizes.values()][0]}; margin: 0 }`,
  );
  return rules;
}

const pageName = ({ width, height }: Side): string => `p${Math.round(width * 10)}x${Math.round(height * 10)}`;

async function printed(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = window.setTimeout(() => reject(new PrintFailure('no-answer')), patienceMs);
    window.addEventListener(
      'afterprint',
      () => {
        window.clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    window.print();
  });
}
