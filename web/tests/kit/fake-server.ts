import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Door } from './door';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The built pages and the routes they call, for looking at them without the real server. */
export class FakeServer {
  /** How the synchronisation route behaves. */
  mode: 'up' | 'hanging' | 'failing' = 'up';
  private readonly server: Server;

  constructor(
    private readonly door: Door,
    private readonly root: string,
  ) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const reader = url.searchParams.get('uuid') ?? '';
    if (url.pathname.startsWith('/pointage/') && this.mode !== 'up') {
      if (this.mode === 'failing') json(response, 503, { title: 'unavailable' });
      return;
    }
    if (url.pathname.startsWith('/pointage/') && !this.door.readers.has(reader)) {
      json(response, 404, { err: 1, err_class: 'unknown-reader', err_desc: 'unknown reader', data: null });
    } else if (url.pathname === '/pointage/configuration') {
      json(response, 200, this.door.configuration(reader));
    } else if (url.pathname === '/pointage/certificates') {
      const data = {
        cursor: 'p1',
        more: false,
        certificates: url.searchParams.has('cursor') ? [] : this.door.feed,
      };
      json(response, 200, { err: 0, data });
    } else if (url.pathname === '/pointage/') {
      const body = JSON.parse(await bodyOf(request)) as { events: never[]; since?: string; limit: number };
      json(response, 200, { err: 0, data: this.door.sync(reader, body.events, body.since, body.limit) });
    } else if (url.pathname.includes('/read-metadata/')) {
      json(response, 200, { err: 0, data: { table: '12' } });
    } else {
      await this.file(url.pathname, response);
    }
  }

  private async file(path: string, response: ServerResponse): Promise<void> {
    const name = path === '/' ? '/index.html' : path.includes('/open-reader/') ? '/reader.html' : path;
    try {
      const content = await readFile(join(this.root, name));
      response.writeHead(200, {
        'content-type': types[extname(name)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
      });
      response.end(content);
    } catch {
      json(response, 404, { title: 'not found' });
    }
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
