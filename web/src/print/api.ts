import type { Job, PrintConfiguration } from '../printing/jobs';
import type { PrintOptions } from '../printing/pages';

/** What the server says of a file. */
export interface PrintFile {
  readonly pin: string;
  readonly name: string;
  /** Null before the upload. */
  readonly storedName: string | null;
  readonly options: PrintOptions;
  readonly pages: number;
  readonly sheets: number;
  readonly expiresAt: string;
  readonly job: Job | null;
}

/** Who prints. */
export interface Owner {
  readonly surname: string;
  readonly number: string;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  /** The server's words, in English. */
  readonly message: string;
  /** In how many seconds one may try again. */
  readonly wait: number | null;
}

export type Answer<T> = { readonly kind: 'ok'; readonly value: T } | Refusal | { readonly kind: 'offline' };

const patienceMs = 15_000;
const source = 'actors-print';

export async function askConfiguration(): Promise<Answer<PrintConfiguration>> {
  return ask('/api/print/configuration', {}, (body) => body as PrintConfiguration);
}

/** What those who print ask, without any token: a pin is enough. */
export class PrintApi {
  constructor(private readonly prefix: string) {}

  register(owner: Owner, filename: string, options: PrintOptions): Promise<Answer<string>> {
    const body = { ...owner, filename, source, options: wire(options) };
    return ask(`${this.prefix}/file`, json('POST', body), (answer) => (answer as { pin: string }).pin);
  }

  change(pin: string, options: PrintOptions): Promise<Answer<null>> {
    return ask(this.address(pin), json('PATCH', { options: wire(options) }), nothing);
  }

  remove(pin: string, owner: Owner): Promise<Answer<null>> {
    const query = new URLSearchParams({ ...owner }).toString();
    return ask(`${this.address(pin)}?${query}`, { method: 'DELETE' }, nothing);
  }

  print(qrToken: string, pins: readonly string[]): Promise<Answer<null>> {
    return ask(`${this.prefix}/qr`, json('POST', { qr_token: qrToken, files: pins }), nothing);
  }

  find(pin: string): Promise<Answer<PrintFile>> {
    return ask(`/api/print/files/${encodeURIComponent(pin)}`, {}, (body) => body as PrintFile);
  }

  cancelJob(pin: string): Promise<Answer<null>> {
    return ask(`/api/print/files/${encodeURIComponent(pin)}/job`, { method: 'DELETE' }, nothing);
  }

  /** The content, to look at. */
  async content(storedName: string): Promise<Uint8Array | null> {
    try {
      const response = await fetch(`${this.prefix}/static/${encodeURIComponent(storedName)}`);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
    } catch {
      return null;
    }
  }

  /** fetch tells nothing of how much was sent, XMLHttpRequest does. */
  upload(
    pin: string,
    file: File,
    onProgress: (part: number) => void,
    signal: AbortSignal,
  ): Promise<Answer<null>> {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      // a file of a phone's own storage may come without a type
      form.append('file', new File([file], file.name, { type: 'application/pdf' }));
      request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(loaded / total));
      request.addEventListener('load', () =>
        resolve(
          request.status < 400
            ? { kind: 'ok', value: null }
            : refusal(request.status, request.responseText, request.getResponseHeader('retry-after')),
        ),
      );
      for (const name of ['error', 'abort', 'timeout'] as const) {
        request.addEventListener(name, () => resolve({ kind: 'offline' }));
      }
      signal.addEventListener('abort', () => request.abort());
      request.open('POST', this.address(pin));
      request.send(form);
    });
  }

  private address(pin: string): string {
    return `${this.prefix}/file/${encodeURIComponent(pin)}`;
  }
}

function wire({ pages, copies, twoSided }: PrintOptions): object {
  return { pages, copies, two_sided: twoSided };
}

function json(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

const nothing = () => null;

async function ask<T>(url: string, init: RequestInit, read: (body: unknown) => T): Promise<Answer<T>> {
  try {
    const response = await fetch(url, {
      ...init,
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    if (!response.ok) return refusal(response.status, text, response.headers.get('retry-after'));
    return { kind: 'ok', value: read(text === '' ? null : JSON.parse(text)) };
  } catch {
    return { kind: 'offline' };
  }
}

function refusal(status: number, text: string, retryAfter: string | null): Refusal {
  const wait = Number(retryAfter ?? Number.NaN);
  return { kind: 'refused', status, message: words(text), wait: Number.isFinite(wait) ? wait : null };
}

function words(text: string): string {
  try {
    const body = JSON.parse(text) as { message?: string; detail?: unknown };
    return body.message ?? (typeof body.detail === 'string' ? body.detail : '');
  } catch {
    return '';
  }
}
