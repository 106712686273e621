import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface PrecacheManifest {
  readonly version: string;
  readonly urls: readonly string[];
}

/** Pages that phones at a door need not hold: the staff's, and those of printing. */
const otherPages =
  /^(pdfjs\/|push\/|(assets\/)?(cluster|campaign|meeting|notifications|print(ing)?|scanner|token-gate|page-texts|language|terminals?|pdf|qrcode|browser)[-.])/;

/** What the first build wrote, as addresses; the version changes with any byte of it. */
export function precacheManifest(outDir: string): PrecacheManifest {
  const hash = createHash('sha256');
  const urls = listFiles(outDir)
    .filter((file) => file !== 'sw.js' && !otherPages.test(file))
    .sort()
    .map((file) => {
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(join(outDir, file)));
      return `/${file}`;
    });
  return { version: hash.digest('hex').slice(0, 12), urls };
}

function listFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
