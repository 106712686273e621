import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import type { Plugin } from 'vite';

const sizes = [
  { name: 'icon-192.png', source: 'icon.svg', pixels: 192 },
  { name: 'icon-512.png', source: 'icon.svg', pixels: 512 },
  { name: 'maskable-512.png', source: 'maskable.svg', pixels: 512 },
  { name: 'apple-touch-icon.png', source: 'maskable.svg', pixels: 180 },
];

/** Draws the icons that manifests and pages name, under fixed addresses. */
export function icons(): Plugin {
  return {
    name: 'actors-icons',
    apply: 'build',
    generateBundle() {
      for (const { name, source, pixels } of sizes) {
        const svg = readFileSync(`icons/${source}`, 'utf8');
        const png = new Resvg(svg, { fitTo: { mode: 'width', value: pixels } }).render().asPng();
        this.emitFile({ type: 'asset', fileName: `icons/${name}`, source: png });
      }
      this.emitFile({ type: 'asset', fileName: 'icons/icon.svg', source: readFileSync('icons/icon.svg') });
    },
  };
}
