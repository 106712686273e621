import type { Language } from '../i18n';

/** The texts of one page of the staff, apart from the readers', which phones download. */
export class PageTexts<Key extends string, Spoken extends string = Language> {
  constructor(
    readonly language: Spoken,
    private readonly dictionaries: Readonly<Record<Spoken, Readonly<Record<Key, string>>>>,
  ) {}

  text(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
    return this.dictionaries[this.language][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
  }

  number(value: number, digits = 0): string {
    return new Intl.NumberFormat(this.language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  }

  moment(iso: string): string {
    return new Intl.DateTimeFormat(this.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(iso),
    );
  }
}
