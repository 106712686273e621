import { listenToPushes } from './push';

// for the worker of a portal on another site: importScripts('https://…/push/sw.js')
listenToPushes();
