import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeFilm } from '../kit/camera';
import { Door } from '../kit/door';
import { FakeServer } from '../kit/fake-server';
import { Issuer } from '../kit/issuer';

const north = '11111111-1111-4111-8111-111111111111';
const south = '22222222-2222-4222-8222-222222222222';
const certificate = '33333333-3333-4333-8333-333333333333';
const phone = { viewport: { width: 360, height: 740 }, locale: 'fr-FR', deviceScaleFactor: 2 };
const data = { name: 'Jeanne Martin', catégorie: 'Exposante', société: 'Atelier du Pont' };

let browser: Browser;
/** One whose fake camera films a code. */
let filming: Browser;
let issuer: Issuer;
let code: string;
let door: Door;
let server: FakeServer;
let origin: string;
let context: BrowserContext;
const troubles: string[] = [];

beforeAll(async () => {
  issuer = await Issuer.create();
  code = await issuer.sign({ certificate, data });
  const film = join(await mkdtemp(join(tmpdir(), 'film-')), 'door.y4m');
  await writeFilm(film, [{ text: code, frames: 10 }]);
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  filming = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
});

afterAll(async () => {
  await browser.close();
  await filming.close();
});

beforeEach(async () => {
  door = new Door();
  door.keys = [issuer.jwk];
  door.addReader(north, 'Entrée Nord');
  door.addReader(south, 'Entrée Sud');
  server = new FakeServer(door, '../api/wwwroot');
  origin = await server.start();
  context = await browser.newContext(phone);
  troubles.length = 0;
});

afterEach(async () => {
  await context.close();
  await server.stop();
});

async function open(reader: string, inContext = context): Promise<Page> {
  const page = await inContext.newPage();
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) troubles.push(message.text());
  });
  await page.goto(`${origin}/qrcode/fete/open-reader/${reader}`);
  await page.waitForSelector('#app:not([hidden])');
  return page;
}

async function wedge(page: Page, text: string): Promise<void> {
  await page.evaluate((typed) => {
    for (const key of [...typed, 'Enter']) {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    }
  }, text);
}

const tone = (page: Page, expected: string) => page.waitForSelector(`#answer[open][data-tone="${expected}"]`);

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

describe('the reader page', () => {
  it('films a code, says first, and says seen at the second reader', async () => {
    const withCamera = await filming.newContext(phone);
    const page = await open(north, withCamera);
    await tone(page, 'first');
    await page.waitForFunction(() => document.querySelector('#answer-metadata dd')?.textContent === '12');
    await shoot(page, 'first');
    expect(await page.textContent('#answer-name')).toBe('Jeanne Martin');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#answer:not([open])', { state: 'attached' });
    await shoot(page, 'camera');
    expect(door.log).toHaveLength(1);

    const second = await open(south);
    await shoot(second, 'start');
    await wedge(second, code);
    await tone(second, 'seen');
    await shoot(second, 'seen');
    expect(await second.textContent('#answer-reason')).toContain('Entrée Nord');
    await withCamera.close();
    expect(troubles).toEqual([]);
  });

  it('refuses forged codes in words', async () => {
    const page = await open(north);
    await page.click('#tab-code');
    const forged = await (await Issuer.create()).sign({ certificate });
    await wedge(page, forged);
    await tone(page, 'refused');
    await shoot(page, 'refused');
    expect(await page.getAttribute('#answer', 'data-reason')).toBe('foreign');
    expect(await page.inputValue('#code')).toBe('');
  });

  it('opens offline the second time, counts what waits, and sends it when the network is back', async () => {
    const page = await open(north);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await context.setOffline(true);
    await page.reload();
    await page.waitForSelector('#app:not([hidden])');
    await page.click('#tab-search');
    await wedge(page, code);
    await tone(page, 'first');
    await shoot(page, 'first-offline');
    expect(await page.getAttribute('#answer', 'data-local')).toBe('true');
    await page.click('#answer-dismiss');
    await page.waitForSelector('#pending[data-count="1"]');
    await shoot(page, 'pending');
    await context.setOffline(false);
    await page.waitForSelector('#pending[data-count="0"]', { state: 'attached' });
    expect(door.log).toHaveLength(1);
    expect(troubles).toEqual([]);
  });

  it('does not say yes when the server stays silent, and knows its own scan again', async () => {
    const page = await open(north);
    await page.click('#tab-search');
    await page.waitForSelector('.status[data-stale="false"]');
    server.mode = 'hanging';
    await wedge(page, code);
    await tone(page, 'unconfirmed');
    await shoot(page, 'unconfirmed');
    server.mode = 'up';
    await page.click('#answer-dismiss');
    await wedge(page, code);
    await tone(page, 'first');
    expect(await page.textContent('#answer-reason')).toContain('votre scan');
    expect(door.log).toHaveLength(1);
  });

  it('shows a conflict of two offline readers on both', async () => {
    const other = await browser.newContext({ ...phone, locale: 'en-GB' });
    const pages = [await open(north), await open(south, other)];
    for (const page of pages) {
      await page.click('#tab-search');
      await page.waitForSelector('.status[data-stale="false"]');
      await page.context().setOffline(true);
      await wedge(page, code);
      await tone(page, 'first');
      await page.click('#answer-dismiss');
    }
    for (const page of pages) await page.context().setOffline(false);
    for (const page of pages) {
      await page.waitForSelector('#pending[data-count="0"]', { state: 'attached' });
      await page.click('#sync');
      await page.waitForSelector('#review:not([hidden])');
    }
    await pages[0]!.click('#review');
    await pages[0]!.waitForSelector('.review-item[data-kind="conflict"]');
    await shoot(pages[0]!, 'conflict');
    await other.close();
  });

  it('leads visitors from the home page', async () => {
    await open(north);
    const page = await context.newPage();
    await page.goto(origin);
    await page.waitForSelector('#known-list a');
    await shoot(page, 'home');
    await page.click('#known-list a');
    await page.waitForSelector('#app:not([hidden])');
  });
});
