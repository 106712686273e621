import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const outDir = '../api/wwwroot';

/**
 * What may come over the network before a page works, in bytes of gzip: the page, what it links to, and what its
 * scripts import at once. What a script fetches later, when it is needed, is not in it.
 */
const budgets = new Map([
  ['campaign.html', 15_500],
  ['cluster.html', 14_500],
  ['index.html', 14_500],
  ['meeting.html', 15_500],
  ['notifications.html', 23_000],
  ['print.html', 24_500],
  ['reader.html', 46_500],
  ['terminal.html', 27_500],
  ['terminals.html', 12_000],
  ['sw.js', 7_700],
]);
/** For a page that has no line above. */
const otherPage = 25_000;

const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const read = (/** @type {string} */ file) => readFileSync(join(outDir, file));

for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = relative(outDir, join(entry.parentPath, entry.name));
  const content = read(file);
  const brotli = kilobytes(brotliCompressSync(content).length);
  console.log(`${file.padEnd(44)} ${kilobytes(content.length).padStart(10)}  brotli ${brotli.padStart(10)}`);
}

const pages = readdirSync(outDir).filter((file) => file.endsWith('.html'));
// a page that is gone takes its budget with it
const stale = [...budgets.keys()].filter((file) => file !== 'sw.js' && !pages.includes(file));
const tooLarge = [...pages, 'sw.js'].filter((page) => !fits(page));
for (const file of stale) {
  console.error(
    `${file} has a budget in web/build/sizes.mjs, but the build makes no such page: delete its line.`,
  );
}
if (tooLarge.length > 0) {
  console.error(
    `\n${tooLarge.join(', ')}: larger than the budget in web/build/sizes.mjs, and people load it over a phone's network.\n` +
      'Look above which files grew. Import what is not needed at once with import(), or leave the dependency out;\n' +
      'if the page is worth its weight, raise its budget to the new size and 15 % in the same change, and say why.',
  );
}
if (tooLarge.length + stale.length > 0) process.exitCode = 1;

/** Says how large a page is, with its largest parts when that is too much. @param {string} page */
function fits(page) {
  const parts = [...firstLoad(page)].map((file) => ({ file, size: gzipSync(read(file)).length }));
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const budget = budgets.get(page) ?? otherPage;
  console.log(`${page.padEnd(44)} ${kilobytes(size).padStart(10)}  of ${kilobytes(budget)}, gzip, at first`);
  if (size <= budget) return true;
  for (const part of parts.sort((a, b) => b.size - a.size)) {
    console.log(`  ${part.file.padEnd(42)} ${kilobytes(part.size).padStart(10)}`);
  }
  return false;
}

/** A page and all that is fetched with it. @param {string} page */
function firstLoad(page) {
  const found = new Set([page]);
  for (const file of found) {
    if (!/\.(html|js)$/.test(file)) continue;
    const text = read(file).toString();
    const named = file.endsWith('.html')
      ? text.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)
      : text.matchAll(/(?:from|import)\s*["'`](\.\/[^"'`]+)["'`]/g);
    for (const [, name = ''] of named) {
      found.add(name.startsWith('./') ? `assets/${basename(name)}` : name);
    }
  }
  return found;
}
