import { en } from './en';
import { fr, type MessageKey, type Messages } from './fr';

export type { MessageKey } from './fr';
export type Language = 'fr' | 'en';
export type PluralKey = MessageKey extends infer K ? (K extends `${infer P}.one` ? P : never) : never;

const dictionaries: Record<Language, Messages> = { fr, en };
const storageKey = 'actors.language';

export class Translator {
  constructor(readonly language: Language) {}

  text(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
    return dictionaries[this.language][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
  }

  plural(key: PluralKey, count: number): string {
    const form = new Intl.PluralRules(this.language).select(count) === 'one' ? 'one' : 'other';
    return this.text(`${key}.${form}`, { count: new Intl.NumberFormat(this.language).format(count) });
  }

  /** What the server says in English, in the person's language where it is known. */
  reason({ code, description }: { readonly code: string; readonly description: string }): string {
    const key = `reason.${code}`;
    return key in dictionaries[this.language] ? this.text(key as MessageKey) : description || code;
  }

  /** "il y a 1 minute"; seconds short, because they change under the reader's eyes. */
  ago(seconds: number): string {
    if (seconds < 5) return this.text('time.now');
    const [value, unit] = coarse(seconds);
    const style = unit === 'second' ? 'short' : 'long';
    const format = new Intl.RelativeTimeFormat(this.language, { numeric: 'always', style });
    return format.format(-value, unit);
  }

  /** Today only the hour, else the day too. */
  moment(seconds: number, now = new Date()): string {
    const date = new Date(seconds * 1000);
    const isToday = date.toDateString() === now.toDateString();
    const hour: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
    const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
    return new Intl.DateTimeFormat(
      this.language,
      isToday ? { ...hour, second: '2-digit' } : { ...day, ...hour },
    ).format(date);
  }
}

function coarse(seconds: number): [number, Intl.RelativeTimeFormatUnit] {
  if (seconds < 60) return [Math.floor(seconds), 'second'];
  if (seconds < 3600) return [Math.floor(seconds / 60), 'minute'];
  if (seconds < 86_400) return [Math.floor(seconds / 3600), 'hour'];
  return [Math.floor(seconds / 86_400), 'day'];
}

/** What the person chose here before, else the first of the browser's languages that we speak; French for the others, as the server has it. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(storageKey);
  if (chosen === 'fr' || chosen === 'en') return chosen;
  const preferred = navigator.languages.find((language) => /^(fr|en)\b/i.test(language));
  return preferred?.toLowerCase().startsWith('en') ? 'en' : 'fr';
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
}

/** Fills every element that names its text: data-text for the content, data-label for aria-label and title. */
export function translatePage(translator: Translator, root: ParentNode = document): void {
  document.documentElement.lang = translator.language;
  for (const element of root.querySelectorAll<HTMLElement>('[data-text]')) {
    element.textContent = translator.text(element.dataset['text'] as MessageKey);
  }
  for (const element of root.querySelectorAll<HTMLElement>('[data-label]')) {
    const label = translator.text(element.dataset['label'] as MessageKey);
    element.setAttribute('aria-label', label);
    element.title = label;
  }
}
