import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const outDir = '../api/wwwroot';
const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} kB`;

for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  const content = readFileSync(path);
  const brotli = kilobytes(brotliCompressSync(content).length);
  console.log(
    `${relative(outDir, path).padEnd(44)} ${kilobytes(content.length).padStart(10)}  brotli ${brotli.padStart(10)}`,
  );
}
