import 'fake-indexeddb/auto';

// a browser without Web Locks; those with them are tested as pages
if (!('navigator' in globalThis))
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
