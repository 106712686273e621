import { defineConfig } from 'vite';

// What a portal on another site uses: a module for its pages and a classic script for its worker, at addresses that stay.
export default defineConfig(({ mode }) => ({
  publicDir: false as const,
  build: {
    outDir: '../api/wwwroot/push',
    emptyOutDir: false,
    target: 'es2022',
    reportCompressedSize: false,
    lib:
      mode === 'worker'
        ? {
            entry: 'src/sw/portal.ts',
            formats: ['iife' as const],
            name: 'actorsPush',
            fileName: () => 'sw.js',
          }
        : { entry: 'src/push/client.ts', formats: ['es' as const], fileName: () => 'client.js' },
  },
}));
