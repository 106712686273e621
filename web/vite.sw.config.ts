import { defineConfig } from 'vite';
import { precacheManifest } from './build/precache.ts';

const outDir = '../api/wwwroot';

// The service worker is one classic script: module workers are not everywhere yet.
export default defineConfig(() => ({
  publicDir: false as const,
  define: { __PRECACHE__: JSON.stringify(precacheManifest(outDir)) },
  build: {
    outDir,
    emptyOutDir: false,
    target: 'es2022',
    reportCompressedSize: false,
    lib: { entry: 'src/sw/index.ts', formats: ['iife' as const], name: 'sw', fileName: () => 'sw.js' },
  },
}));
