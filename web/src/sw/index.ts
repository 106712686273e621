/// <reference lib="webworker" />
import { precache } from './precache';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(precache()));
