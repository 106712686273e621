import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { outcomeOf } from '../../src/notifications/devices-view';
import { NotificationTexts } from '../../src/notifications/texts';
import { wishesOf } from '../../src/notifications/wishes-view';
import { bytesOf } from '../../src/shared/push/keys';
import { forgetDevice, keepDevice, memory, ownDevice, remember } from '../../src/shared/push/memory';
import { flush, tell } from '../../src/shared/push/outbox';
import { openable, readPayload } from '../../src/shared/push/payload';

describe('what a push carries', () => {
  it('is read with everything that it may leave out', () => {
    expect(readPayload('{"id":"n1","summary":"Ready"}')).toEqual({
      id: 'n1',
      tag: 'n1',
      remove: false,
      summary: 'Ready',
      body: '',
      url: null,
      icon: null,
      image: null,
      locale: '',
      actions: [],
    });
    const whole = readPayload(
      '{"id":"n1","tag":"topic:t","remove":true,"url":"/x","actions":[{"action":"ack","title":"OK"},{"action":"go"},7]}',
    );
    expect(whole?.remove).toBe(true);
    expect(whole?.tag).toBe('topic:t');
    expect(whole?.actions).toEqual([{ action: 'ack', title: 'OK', url: null }]);
  });

  it.each(['', 'null', '7', '[]', '{}', '{"id":7}', '{"id":', '"id"'])('is nothing of ours: %s', (text) => {
    expect(readPayload(text)).toBeNull();
  });

  it('opens pages of the web alone', () => {
    const base = 'https://portal.example.org/a/';
    expect(openable('/b', base)).toBe('https://portal.example.org/b');
    expect(openable('https://other.example.org/', base)).toBe('https://other.example.org/');
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'http://', null]) {
      expect(openable(url, base)).toBeNull();
    }
  });

  it('has keys as bytes', () => {
    expect([...bytesOf('_-8A')]).toEqual([255, 239, 0]);
  });
});

describe('what the server is to be told', () => {
  const answers: (number | 'none')[] = [];
  const asked: { readonly url: string; readonly token: string | null }[] = [];

  beforeEach(async () => {
    answers.length = asked.length = 0;
    vi.stubGlobal('navigator', {
      ...navigator,
      locks: { request: (_: string, act: () => Promise<unknown>) => act() },
    });
    vi.stubGlobal('fetch', (url: string, { headers }: RequestInit) => {
      asked.push({ url, token: new Headers(headers).get('Authorization') });
      const answer = answers.shift() ?? 204;
      return answer === 'none'
        ? Promise.reject(new TypeError('no network'))
        : Promise.resolve(new Response(null, { status: answer }));
    });
    await keepDevice({ base: 'https://counter.example.org', id: 'd1', token: 'usr_x', key: 'AA' });
  });

  afterEach(async () => {
    vi.unstubAllGlobals();
    await forgetDevice();
  });

  it('is told at once', async () => {
    expect(await tell('n 1', 'ack')).toBe(true);
    expect(asked).toEqual([
      { url: 'https://counter.example.org/push/notifications/n%201/ack', token: 'Bearer usr_x' },
    ]);
  });

  it.each(['none', 500, 503, 429, 408] as const)('waits after %s and comes in order', async (answer) => {
    answers.push(answer, answer);
    expect(await tell('n1', 'shown')).toBe(false);
    expect(await tell('n1', 'ack')).toBe(false);
    expect(asked).toHaveLength(2);
    expect(await flush()).toBe(true);
    expect(asked.slice(2).map(({ url }) => url.split('/').pop())).toEqual(['shown', 'ack']);
  });

  it('is not said again where the server refuses it', async () => {
    answers.push(404);
    expect(await tell('n1', 'ack')).toBe(true);
    expect(await (await memory()).count('outbox')).toBe(0);
  });

  it('ends with the device', async () => {
    answers.push('none', 401);
    await tell('n1', 'ack');
    expect(await flush()).toBe(true);
    expect(await ownDevice()).toBeUndefined();
    expect(await (await memory()).count('outbox')).toBe(0);
  });

  it('never grows beyond a bound, and keeps the newest', async () => {
    for (let i = 0; i < 510; i++) await remember({ path: `/${i}`, body: null });
    const kept = await (await memory()).getAll('outbox');
    expect(kept).toHaveLength(500);
    expect(kept[0]?.path).toBe('/10');
  });
});

describe('the page', () => {
  it('says what a test came to', () => {
    const delivery = { device: 'd', state: 'sent', lastStatus: 201, shown: null } as const;
    expect(outcomeOf(undefined)).toBe('test-pending');
    expect(outcomeOf(delivery)).toBe('test-sent');
    expect(outcomeOf({ ...delivery, state: 'gone' })).toBe('test-gone');
    expect(outcomeOf({ ...delivery, shown: '2026-01-01T00:00:00Z' })).toBe('test-shown');
  });

  it('reads wishes as people write them', () => {
    expect(wishesOf(true, '22:00', '07:00', 'Europe/Paris', ' library, ,permits,library ')).toEqual({
      mutedOrigins: ['library', 'permits'],
      quiet: { from: '22:00', to: '07:00', timeZone: 'Europe/Paris' },
    });
    expect(wishesOf(false, '22:00', '07:00', 'Europe/Paris', '').quiet).toBeNull();
  });

  it('counts in both languages', () => {
    const [fr, en] = [new NotificationTexts('fr'), new NotificationTexts('en')];
    expect([0, 1, 2].map((count) => en.unread(count))).toEqual([
      'No new notifications',
      '1 new notification',
      '2 new notifications',
    ]);
    expect(fr.unread(1)).toBe('1 notification nouvelle');
    expect(fr.unread(1000)).toMatch(/^1.000 notifications nouvelles$/);
  });
});
