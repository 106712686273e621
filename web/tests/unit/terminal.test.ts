import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KioskJob, Report } from '../../src/terminal/contracts';
import { PrintFailure } from '../../src/terminal/contracts';
import { codeOf } from '../../src/terminal/hub';
import { identityOf } from '../../src/terminal/identity';
import { JobQueue, type QueueDoor } from '../../src/terminal/job-queue';
import { PrintedJobs } from '../../src/terminal/memory';
import { pair } from '../../src/terminal/pairing';
import { keysOf, PinEntry } from '../../src/terminal/pin-pad';
import { modulePath } from '../../src/terminal/qr-view';
import { batchesOf, sheetsOf, sidesOf } from '../../src/terminal/sheets';
import { TerminalTexts } from '../../src/terminal/texts';

const job = (id: string): KioskJob => ({
  id,
  files: [
    { filename: 'f.pdf', name: 'essay.pdf', sheets: 2, options: { pages: '', copies: 1, twoSided: false } },
  ],
});

function memoryStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const memory = new Map<string, string>();
  return {
    getItem: (key) => memory.get(key) ?? null,
    setItem: (key, value) => void memory.set(key, value),
  };
}

interface Kiosk {
  readonly queue: JobQueue;
  readonly printed: string[];
  readonly reports: Report[];
  readonly commands: string[];
}

function kiosk(storage = memoryStorage(), door: Partial<QueueDoor> = {}): Kiosk {
  const printed: string[] = [];
  const reports: Report[] = [];
  const commands: string[] = [];
  const queue = new JobQueue(
    {
      acknowledge: () => Promise.resolve(true),
      report: (report) => reports.push(report),
      obey: ({ command }) => commands.push(command),
      print: ({ id }, onSheet) => {
        printed.push(id);
        onSheet(1);
        onSheet(2);
        return Promise.resolve();
      },
      show: () => {},
      startAgain: () => Promise.resolve(),
      ...door,
    },
    new PrintedJobs(storage),
  );
  return { queue, printed, reports, commands };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

afterEach(() => vi.unstubAllGlobals());

describe('sheets', () => {
  const fronts = (pages: string, copies: number, twoSided: boolean) =>
    sheetsOf({ pages, copies, twoSided }, 9)?.map(({ front, back }) => [front, back]);

  it('come in the order that was asked for, with repeats', () => {
    expect(fronts('1-3,3,2', 1, false)?.map(([front]) => front)).toEqual([1, 2, 3, 3, 2]);
  });

  it('begin anew with each copy', () => {
    expect(fronts('1-3', 2, true)).toEqual([
      [1, 2],
      [3, null],
      [1, 2],
      [3, null],
    ]);
  });

  it('are none for pages that the file does not have', () => {
    expect(fronts('8-10', 1, false)).toBeUndefined();
  });

  it('are given to the printer a few at a time', () => {
    const batches = batchesOf(sheetsOf({ pages: '1-9', copies: 3, twoSided: false }, 9)!, 10);
    expect(batches.map(({ length }) => length)).toEqual([10, 10, 7]);
  });

  it('get empty backs where the printer turns all of them', () => {
    const sheets = sheetsOf({ pages: '1-2', copies: 1, twoSided: false }, 9)!;
    expect(sidesOf(sheets, true)).toEqual([1, null, 2]);
    expect(sidesOf(sheets, false)).toEqual([1, 2]);
  });
});

describe('the queue', () => {
  it('reports each sheet and the end', async () => {
    const { queue, reports } = kiosk();
    queue.addJob(job('a'));
    await settle();
    expect(reports.map(({ state, sheet, of }) => [state, sheet, of])).toEqual([
      ['printing', 0, 2],
      ['printing', 1, 2],
      ['printing', 2, 2],
      ['done', 2, 2],
    ]);
  });

  it('prints a job once that comes again, also after the page was loaded anew', async () => {
    const storage = memoryStorage();
    const first = kiosk(storage);
    first.queue.addJob(job('a'));
    first.queue.addJob(job('a'));
    await settle();
    const second = kiosk(storage);
    second.queue.addJob(job('a'));
    second.queue.addJob(job('b'));
    await settle();
    expect([first.printed, second.printed]).toEqual([['a'], ['b']]);
  });

  it('begins nothing while nobody knows what the printer still does', async () => {
    const startAgain = vi.fn(() => new Promise<void>(() => {}));
    const { queue, reports } = kiosk(memoryStorage(), {
      startAgain,
      print: () => Promise.reject(new PrintFailure('no-answer')),
    });
    queue.addJob(job('a'));
    queue.addJob(job('b'));
    await settle();
    expect(reports.filter(({ state }) => state === 'failed').map(({ id }) => id)).toEqual(['a']);
    expect(startAgain).toHaveBeenCalledOnce();
  });

  it('remembers a job before it prints it', async () => {
    const storage = memoryStorage();
    const { queue } = kiosk(storage, { print: () => new Promise(() => {}) });
    queue.addJob(job('a'));
    await settle();
    expect(new PrintedJobs(storage).has('a')).toBe(true);
  });

  it('prints nothing that it cannot remember', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    const { queue, printed, reports } = kiosk(full);
    queue.addJob(job('a'));
    await settle();
    expect(printed).toEqual([]);
    expect(reports.at(-1)).toMatchObject({ state: 'failed', reason: 'no-storage' });
  });

  it('prints nothing that the server has taken back, or that it could not acknowledge', async () => {
    const refused = kiosk(memoryStorage(), { acknowledge: () => Promise.resolve(false) });
    refused.queue.addJob(job('a'));
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const broken = kiosk(memoryStorage(), { acknowledge: () => Promise.reject(new Error('gone')) });
    broken.queue.addJob(job('a'));
    await settle();
    expect([refused.printed, broken.printed]).toEqual([[], []]);
  });

  it('goes on after a failure, and says why', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { queue, reports, commands } = kiosk(memoryStorage(), {
      print: () => Promise.reject(new PrintFailure('no-answer')),
    });
    queue.addJob(job('a'));
    queue.addCommand({ id: 'c', command: 'reboot' });
    await settle();
    expect(reports.at(-1)).toMatchObject({ state: 'failed', reason: 'no-answer' });
    expect(commands).toEqual(['reboot']);
  });

  it('forgets what was taken back while it waited', async () => {
    let finish = () => {};
    const begun: string[] = [];
    const { queue } = kiosk(memoryStorage(), {
      print: ({ id }) => {
        begun.push(id);
        return new Promise((resolve) => (finish = resolve));
      },
    });
    queue.addJob(job('a'));
    queue.addJob(job('b'));
    queue.cancel('b');
    await settle();
    finish();
    await settle();
    expect(begun).toEqual(['a']);
  });
});

describe('the pin pad', () => {
  it('takes the symbols of pins in any case, and no more than a pin has', () => {
    const complete: string[] = [];
    const entry = new PinEntry(
      'ABC123',
      4,
      () => {},
      (pin) => complete.push(pin),
    );
    for (const key of ['a', 'Z', '1', 'Shift', 'b', 'Enter', '2', '3', 'Backspace', 'c', 'Enter'])
      entry.press(key);
    expect(complete).toEqual(['A1BC']);
    entry.press('Escape');
    expect(entry.pin).toBe('');
  });

  it('shows digits apart from letters', () => {
    expect(keysOf('B2A1')).toEqual([
      ['1', '2'],
      ['A', 'B'],
    ]);
  });
});

describe('pairing', () => {
  it('asks for a new code when one has run out, and outlives a server that does not answer', async () => {
    const answers: (Response | Error)[] = [
      new Error('offline'),
      Response.json({ id: 'one', code: 'AAAA-BBBB' }, { status: 201 }),
      Response.json({ state: 'waiting' }),
      new Error('offline'),
      new Response(null, { status: 404 }),
      Response.json({ id: 'two', code: 'CCCC-DDDD' }, { status: 201 }),
      Response.json({ state: 'confirmed', token: 'secret', name: 'Corridor' }),
    ];
    vi.stubGlobal('fetch', () => {
      const answer = answers.shift();
      return answer instanceof Response
        ? Promise.resolve(answer)
        : Promise.reject(answer ?? new Error('asked again'));
    });
    const shown: (string | null)[] = [];
    const confirmed = await pair(
      (code) => shown.push(code),
      () => Promise.resolve(),
    );
    expect(shown).toEqual([null, 'AAAA-BBBB', 'CCCC-DDDD']);
    expect(confirmed).toEqual({ token: 'secret', name: 'Corridor' });
  });
});

describe('what a kiosk is', () => {
  it('is said in the address, and stays until another token is', () => {
    const first = identityOf('#token=one&simulate', null);
    expect(first).toEqual({ token: 'one', name: '', simulate: true, duplex: false });
    expect(identityOf('', first)).toEqual(first);
    expect(identityOf('#simulate=no&duplex=yes', first)).toMatchObject({ simulate: false, duplex: true });
    expect(identityOf('#token=two&duplex', first)).toMatchObject({ simulate: false, duplex: true });
    expect(identityOf('', null)).toBeNull();
  });
});

it('reads the code of a refusal', () => {
  const said =
    "An unexpected error occurred invoking 'Print' on the server. HubException: file_absent: words";
  expect(codeOf(new Error(said))).toBe('file_absent');
  expect(codeOf(new Error('Invocation canceled due to the underlying connection being closed.'))).toBe(
    'offline',
  );
});

it('draws runs of dark modules as one', () => {
  expect(modulePath(2, (row) => row === 0)).toBe('M4 4h2v1h-2z');
});

it('counts in Russian as Russians do', () => {
  const texts = new TerminalTexts('ru');
  expect([1, 3, 7].map((of) => texts.done(of))).toEqual([
    'Готово: заберите 1 лист',
    'Готово: заберите 3 листа',
    'Готово: заберите 7 листов',
  ]);
});
