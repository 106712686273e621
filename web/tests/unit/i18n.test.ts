import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { preferredLanguage, Translator } from '../../src/i18n';
import { en } from '../../src/i18n/en';
import { fr, type MessageKey } from '../../src/i18n/fr';

const keys = Object.keys(fr) as MessageKey[];
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('messages', () => {
  it('are complete in both languages, with the same values', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      expect(en[key].trim(), key).not.toBe('');
      expect(placeholders(en[key]), key).toEqual(placeholders(fr[key]));
    }
  });

  it('are all there for the pages', () => {
    for (const page of readdirSync('.').filter((name) => name.endsWith('.html'))) {
      for (const [, key] of readFileSync(page, 'utf8').matchAll(/data-(?:text|label)="([^"]+)"/g)) {
        expect(keys, `${page}: ${key}`).toContain(key);
      }
    }
  });
});

describe('preferredLanguage', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [['en-GB', 'fr'], null, 'en'],
    [['fr-FR', 'en'], null, 'fr'],
    [['de-DE', 'en'], null, 'en'],
    [['de-DE', 'it'], null, 'fr'],
    [['frr', 'enm'], null, 'fr'],
    [['fr-FR'], 'en', 'en'],
  ])('of a browser in %j that chose %s is %s', (languages, chosen, expected) => {
    vi.stubGlobal('navigator', { languages });
    vi.stubGlobal('localStorage', { getItem: () => chosen });
    expect(preferredLanguage()).toBe(expected);
  });
});

describe('Translator', () => {
  it.each([
    ['fr', 2, 'à l’instant'],
    ['fr', 59, 'il y a 59\u00a0s'],
    ['fr', 60, 'il y a 1 minute'],
    ['fr', 150, 'il y a 2 minutes'],
    ['fr', 7200, 'il y a 2 heures'],
    ['fr', 90_000, 'il y a 1 jour'],
    ['en', 2, 'just now'],
    ['en', 60, '1 minute ago'],
    ['en', 3600, '1 hour ago'],
  ] as const)('says in %s how long %d seconds are', (language, seconds, expected) => {
    expect(new Translator(language).ago(seconds)).toBe(expected);
  });

  it('says the last synchronisation as people expect it', () => {
    const translator = new Translator('fr');
    expect(translator.text('sync.last', { ago: translator.ago(60) })).toBe(
      'Dernière synchronisation il y a 1 minute',
    );
  });

  it('counts in each language’s own way', () => {
    expect(new Translator('fr').plural('pending', 0)).toBe('0 scan en attente');
    expect(new Translator('en').plural('pending', 0)).toBe('0 scans waiting');
    expect(new Translator('fr').plural('pending', 2)).toBe('2 scans en attente');
    expect(new Translator('en').plural('pending', 1)).toBe('1 scan waiting');
  });
});
