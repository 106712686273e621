import { defineConfig } from 'vite';
import { icons } from './build/icons.ts';
import { pdfjs } from './build/pdfjs.ts';

export default defineConfig({
  base: '/',
  publicDir: false,
  plugins: [icons(), pdfjs()],
  build: {
    outDir: '../api/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // the content security policy knows no data: scripts, styles or fonts
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: {
        home: 'index.html',
        reader: 'reader.html',
        cluster: 'cluster.html',
        campaign: 'campaign.html',
        print: 'print.html',
        terminal: 'terminal.html',
        terminals: 'terminals.html',
        meeting: 'meeting.html',
        notifications: 'notifications.html',
      },
    },
  },
  worker: { format: 'es' },
});
