import { create } from '../ui/dom';
import { printLanguages, type PrintLanguage } from './language';

const names: Readonly<Record<PrintLanguage, string>> = { ru: 'Русский', fr: 'Français', en: 'English' };

/** A button for each language, each in its own words. */
export class LanguageButtons {
  constructor(
    private readonly place: HTMLElement,
    className: string,
    choose: (language: PrintLanguage) => void,
  ) {
    for (const language of printLanguages) {
      const button = create('button', className, language.toUpperCase());
      button.type = 'button';
      button.lang = language;
      button.value = language;
      button.setAttribute('aria-label', names[language]);
      button.addEventListener('click', () => choose(language));
      place.append(button);
    }
  }

  show(language: PrintLanguage): void {
    for (const button of this.place.querySelectorAll('button')) {
      button.setAttribute('aria-pressed', String(button.value === language));
    }
  }
}
