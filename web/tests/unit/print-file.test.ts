import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PrintConfiguration } from '../../src/printing/jobs';
import type { Answer, Owner, PrintApi, PrintFile } from '../../src/print/api';
import {
  forgetAll,
  forgetFile,
  myFiles,
  rememberFile,
  rememberOwner,
  rememberedOwner,
} from '../../src/print/my-files';
import { SentFile, type Desk } from '../../src/print/sent-file';

const now = Date.parse('2026-11-23T03:00:00Z');
const ok = { kind: 'ok', value: null } as const;
const refused = (status: number, message = '') => ({ kind: 'refused', status, message, wait: null }) as const;

/** The server, in as many words as a file needs. */
class FakeServer {
  pages = 12;
  uploads: Answer<null>[] = [];
  found: Answer<PrintFile> | null = null;
  readonly asked: string[] = [];
  options = { pages: '', copies: 1, twoSided: false };
  private stored: string | null = null;

  register = (owner: Owner, name: string) => {
    this.asked.push(`register ${name}`);
    return Promise.resolve<Answer<string>>(
      owner.surname === 'Ivanov' ? { kind: 'ok', value: 'AB12CD' } : refused(403),
    );
  };

  upload = (pin: string, _: File, onProgress: (part: number) => void) => {
    this.asked.push(`upload ${pin}`);
    onProgress(0.5);
    onProgress(1);
    const answer = this.uploads.shift() ?? ok;
    if (answer.kind === 'ok') this.stored = 'stored.pdf';
    return Promise.resolve(answer);
  };

  change = (pin: string, options: PrintFile['options']) => {
    this.asked.push(`change ${pin} ${options.pages}`);
    this.options = options;
    return Promise.resolve(ok);
  };

  remove = (pin: string) => {
    this.asked.push(`remove ${pin}`);
    return Promise.resolve(ok);
  };

  find = (pin: string): Promise<Answer<PrintFile>> =>
    Promise.resolve(
      this.found ?? {
        kind: 'ok',
        value: {
          pin,
          name: 'a.pdf',
          storedName: this.stored,
          options: this.options,
          pages: this.pages,
          sheets: this.pages,
          expiresAt: '2026-11-30T03:00:00Z',
          job: null,
        },
      },
    );
}

let server: FakeServer;
let owner: Owner | null;
let desk: Desk;

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  vi.useFakeTimers({ now });
  server = new FakeServer();
  owner = { surname: 'Ivanov', number: '1' };
  desk = {
    api: server as unknown as PrintApi,
    limits: { maxSize: 1000, maxSheets: 20 } as PrintConfiguration,
    owner: () => owner,
    welcome: rememberOwner,
    isHidden: () => false,
  };
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const pdf = (size = 10, name = 'a.pdf') =>
  new File([new Uint8Array(size)], name, { type: 'application/pdf' });
const chosen = (file = pdf()) => new SentFile(desk, file.name, file);

describe('a file that is sent', () => {
  it('has its pin, is chosen for printing and remembered, as its owner is', async () => {
    const file = chosen();
    const phases: string[] = [];
    file.onChange = () => phases.push(file.phase);
    await file.send();
    expect([...new Set(phases)]).toEqual(['sending', 'checking', 'ready']);
    expect(file.pin).toBe('AB12CD');
    expect(file.isSelected).toBe(true);
    expect(file.sheets).toBe(12);
    expect(myFiles(now).map(({ pin }) => pin)).toEqual(['AB12CD']);
    expect(rememberedOwner()).toEqual(owner);
  });

  it('is not sent at all when it cannot be printed', async () => {
    for (const [file, key] of [
      [pdf(1001), 'too-large'],
      [pdf(0), 'corrupted'],
      [new File(['x'], 'a.docx'), 'not-pdf'],
    ] as const) {
      const sent = chosen(file);
      await sent.send();
      expect(sent.problem?.key).toBe(key);
      expect(sent.canTryAgain).toBe(false);
    }
    expect(server.asked).toEqual([]);
  });

  it('waits for a right name and is sent again then', async () => {
    owner = { surname: 'Petrov', number: '1' };
    const file = chosen();
    await file.send();
    expect(file.problem?.key).toBe('not-a-member');
    expect(file.canTryAgain).toBe(true);
    expect(rememberedOwner()).toBeNull();
    owner = { surname: 'Ivanov', number: '1' };
    await file.send();
    expect(file.phase).toBe('ready');
  });

  it('keeps its pin when the connection broke, and is content when it had arrived', async () => {
    server.uploads = [{ kind: 'offline' }, refused(415, 'File has been already uploaded')];
    const file = chosen();
    await file.send();
    expect(file.problem?.key).toBe('offline');
    await file.send();
    expect(file.phase).toBe('ready');
    expect(server.asked).toEqual(['register a.pdf', 'upload AB12CD', 'upload AB12CD']);
  });

  it('that is too long is sent after fewer pages were chosen', async () => {
    server.uploads = [refused(413, 'Content too large, count of page: 20 is allowed')];
    const file = chosen();
    await file.send();
    expect(file.problem?.key).toBe('too-many-sheets');
    file.choose({ ...file.options, pages: '1-3' });
    expect(file.canTryAgain).toBe(true);
    await file.send();
    expect(server.asked).toEqual(['register a.pdf', 'upload AB12CD', 'change AB12CD 1-3', 'upload AB12CD']);
    expect(file.sheets).toBe(3);
  });

  it('gives its pin back when it is stopped', async () => {
    const file = chosen();
    server.upload = () => new Promise(() => undefined);
    void file.send();
    await vi.advanceTimersByTimeAsync(0);
    await file.stop();
    expect(file.phase).toBe('removed');
    expect(server.asked).toEqual(['register a.pdf', 'remove AB12CD']);
  });
});

describe('the wishes', () => {
  it.each([
    [{ pages: '5-1' }, 'pages-form'],
    [{ pages: '13' }, 'beyond'],
    [{ copies: 0 }, 'copies-form'],
    [{ copies: Number.NaN }, 'copies-form'],
    [{ copies: 2 }, 'too-many-sheets'],
  ])('%j are not sent: %s', async (wish, key) => {
    const file = chosen();
    await file.send();
    file.choose({ ...file.options, ...wish });
    expect(await file.save()).toBe(false);
    expect(file.problem?.key).toBe(key);
    expect(server.asked.filter((asked) => asked.startsWith('change'))).toEqual([]);
  });

  it('of a person stay when the server is asked before it knows them', async () => {
    const file = chosen();
    await file.send();
    file.choose({ pages: '2', copies: 1, twoSided: true });
    await file.refresh();
    expect(file.options.pages).toBe('2');
    expect(await file.save()).toBe(true);
    expect(server.options).toEqual({ pages: '2', copies: 1, twoSided: true });
  });
});

describe('my files', () => {
  it('are fifty at most, the newest first, without what has expired', () => {
    for (let i = 0; i < 60; i++) rememberFile({ pin: `P${i}`, name: 'a', expiresAt: now + i }, now - 1);
    expect(myFiles(now - 1)).toHaveLength(50);
    expect(myFiles(now - 1)[0]?.pin).toBe('P59');
    expect(myFiles(now + 58).map(({ pin }) => pin)).toEqual(['P59']);
    forgetFile('P59', now + 58);
    expect(myFiles(now + 58)).toEqual([]);
  });

  it('survive what others wrote there', () => {
    for (const text of ['{', '{}', '[null,{"pin":1}]', '"x"']) {
      localStorage.setItem('actors.print.files', text);
      localStorage.setItem('actors.print.owner', text);
      expect(myFiles(now)).toEqual([]);
      expect(rememberedOwner()).toBeNull();
    }
    forgetAll();
    expect(localStorage.getItem('actors.print.files')).toBeNull();
  });

  it('lose what the server has forgotten', async () => {
    rememberFile({ pin: 'AB12CD', name: 'a', expiresAt: now + 1 }, now);
    const file = SentFile.remembered(desk, myFiles(now)[0]!);
    server.found = refused(404);
    await file.refresh();
    expect(file.phase).toBe('removed');
    expect(myFiles(now)).toEqual([]);
  });

  it('are asked for each second while they are printed', async () => {
    rememberFile({ pin: 'AB12CD', name: 'a', expiresAt: now + 1e9 }, now);
    const file = SentFile.remembered(desk, myFiles(now)[0]!);
    const find = vi.spyOn(server, 'find');
    const answer = await server.find('AB12CD');
    const job = {
      id: 'j',
      terminal: null,
      state: 'printing',
      sheet: 1,
      of: 2,
      reason: null,
      queuedAt: '',
    } as const;
    if (answer.kind === 'ok') server.found = { kind: 'ok', value: { ...answer.value, job } };
    find.mockClear();
    await file.refresh();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(find).toHaveBeenCalledTimes(4);
    if (answer.kind === 'ok') server.found = answer;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(find).toHaveBeenCalledTimes(5);
  });
});
