import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/printing/jobs';
import { askAgainIn, jobWords, untilWords } from '../../src/print/job-words';
import { pagesText, togglePage } from '../../src/print/page-choice';
import { isUploadedAlready, problemOf, type Deed } from '../../src/print/problems';
import { linkedCode, scannedCode, typedCode } from '../../src/print/qr-code';
import { PrintTexts } from '../../src/print/texts';
import { en } from '../../src/print/texts-en';
import { fr } from '../../src/print/texts-fr';
import { ru } from '../../src/print/texts-ru';

const job = (part: Partial<Job>): Job => ({
  id: 'j',
  terminal: 'Hall',
  state: 'queued',
  sheet: null,
  of: null,
  reason: null,
  queuedAt: '2026-11-23T03:00:00Z',
  ...part,
});

describe('the choice of pages', () => {
  it.each([
    [[1, 2, 3, 7], '1-3,7'],
    [[5, 3, 4], '5,3-4'],
    [[2, 2], '2,2'],
    [[], ''],
  ])('%j is written %s', (numbers, text) => expect(pagesText(numbers)).toBe(text));

  it('leaves a page out and takes it in again where it was', () => {
    expect(togglePage([1, 2, 3, 4], 2, 4)).toBe('1,3-4');
    expect(togglePage([1, 3, 4], 2, 4)).toBe('');
    expect(togglePage([4, 1], 5, 5)).toBe('4,1,5');
  });

  it('leaves out every repeat, and never the last page', () => {
    expect(togglePage([1, 2, 1], 1, 2)).toBe('2');
    expect(togglePage([2, 2], 2, 2)).toBeNull();
  });

  it('is not all pages while they stand in another order', () => {
    expect(togglePage([2], 1, 2)).toBe('');
    expect(togglePage([3, 1], 2, 3)).toBe('2-3,1');
  });
});

describe('the code of a terminal', () => {
  it('is typed as people type', () => {
    expect(typedCode(' ab1-2cd ', '')).toBe('AB12CD');
    expect(typedCode('Https://p/qr/aB12cd', 'Https://p/qr/')).toBe('Https://p/qr/aB12cd');
  });

  it('is taken from an address of this page, and else as it was scanned', () => {
    expect(scannedCode('https://print.example/print#qr=AB12CD')).toBe('AB12CD');
    expect(scannedCode('https://elsewhere.example/AB12CD')).toBe('https://elsewhere.example/AB12CD');
    expect(scannedCode('AB12CD')).toBe('AB12CD');
  });

  it('may stand in a link', () => {
    expect(linkedCode('#qr=AB12CD')).toBe('AB12CD');
    expect(linkedCode('#qr=')).toBeNull();
    expect(linkedCode('')).toBeNull();
  });
});

describe('a refusal', () => {
  const limits = { maxSize: 26_214_400, maxSheets: 50 };
  const refused = (status: number, message = '', wait: number | null = null) =>
    ({ kind: 'refused', status, message, wait }) as const;

  it.each<[Deed, number, string, string]>([
    ['register', 403, '', 'not-a-member'],
    ['register', 422, '', 'bad-name'],
    ['upload', 413, 'Content too large, 26214400 bytes allowed', 'too-large'],
    ['upload', 413, 'Content too large, count of page: 50 is allowed', 'too-many-sheets'],
    ['upload', 415, 'File is corrupted', 'corrupted'],
    ['upload', 415, 'Only application/pdf files allowed, but text/plain was recieved', 'not-pdf'],
    ['upload', 416, '', 'beyond'],
    ['upload', 404, '', 'pin-gone'],
    ['change', 413, '', 'too-many-sheets'],
    ['change', 422, '', 'pages-form'],
    ['print', 400, '', 'qr-unknown'],
    ['print', 403, '', 'quota'],
    ['print', 404, '', 'file-gone'],
    ['print', 415, '', 'not-uploaded'],
    ['print', 503, '', 'terminal-full'],
    ['cancel', 409, '', 'job-taken'],
    ['remove', 403, '', 'not-yours'],
    ['upload', 500, '', 'failed'],
  ])('of %s with %i %s is told as %4$s', (deed, status, message, key) => {
    expect(problemOf(deed, refused(status, message), limits)?.key).toBe(key);
  });

  it('says how long to wait, how large, and how many sheets', () => {
    expect(problemOf('print', refused(429, '', 90), limits)).toEqual({
      key: 'wait',
      values: { seconds: 90 },
    });
    expect(problemOf('upload', refused(413), limits)?.values).toEqual({ size: 25 });
    expect(problemOf('change', refused(413), limits)?.values).toEqual({ sheets: 50 });
    expect(problemOf('upload', { kind: 'offline' }, limits)?.key).toBe('offline');
    expect(problemOf('upload', { kind: 'ok', value: null }, limits)).toBeNull();
  });

  it('because the content is there already is none', () => {
    expect(isUploadedAlready(refused(415, 'File has been already uploaded'))).toBe(true);
    expect(isUploadedAlready(refused(415, 'File is corrupted'))).toBe(false);
  });
});

describe('the words for a job', () => {
  const texts = new PrintTexts('en');

  it.each<[Partial<Job>, string]>([
    [{ state: 'printing', sheet: 7, of: 12 }, 'Hall is printing: sheet 7 of 12'],
    [{ state: 'printing' }, 'Hall is printing'],
    [
      { state: 'stopped', reason: 'paper-out' },
      'Hall has stopped: no paper. It goes on when that is mended.',
    ],
    [{ state: 'done', terminal: null }, 'Printed at the terminal'],
  ])('%j', (part, words) => expect(jobWords(job(part), texts)).toBe(words));

  it('keep a reason that nobody has translated', () => {
    expect(jobWords(job({ state: 'failed', reason: 'E-42' }), texts)).toContain('E-42');
  });

  it('exist for every state in every language', () => {
    const states = [
      'queued',
      'taken',
      'printing',
      'stopped',
      'done',
      'failed',
      'unknown',
      'cancelled',
    ] as const;
    for (const language of ['ru', 'fr', 'en'] as const)
      for (const state of states)
        expect(
          jobWords(job({ state, terminal: 'Z-1' }), new PrintTexts(language)).replace('Z-1', ''),
        ).toMatch(/\p{L}{4}/u);
  });
});

describe('asking again', () => {
  it('is each second while it is printed, seldom while somebody looks, and else never', () => {
    expect(askAgainIn(job({ state: 'printing' }), false, false)).toBe(1_000);
    expect(askAgainIn(job({ state: 'done' }), false, true)).toBe(15_000);
    expect(askAgainIn(null, false, false)).toBeNull();
    expect(askAgainIn(job({ state: 'printing' }), true, true)).toBeNull();
  });
});

describe('when a file expires', () => {
  const hour = 3_600_000;

  it.each([
    [167.9 * hour, 'en', 'in 6 days'],
    [47 * hour, 'ru', 'через 47 часов'],
    [hour / 2, 'fr', 'dans 30 minutes'],
    [1, 'en', 'in 1 minute'],
  ])('%d ms in %s: %s', (ms, language, words) => expect(untilWords(ms, 0, language)).toBe(words));
});

describe('the texts', () => {
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

  it.each([
    ['ru', ru],
    ['fr', fr],
  ])('in %s have the holes of the English ones', (_, texts) => {
    for (const [key, text] of Object.entries(en))
      expect([key, ...holes(texts[key as keyof typeof en])]).toEqual([key, ...holes(text)]);
  });
});
