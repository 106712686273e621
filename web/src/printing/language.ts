export type PrintLanguage = 'ru' | 'fr' | 'en';

export const printLanguages: readonly PrintLanguage[] = ['ru', 'fr', 'en'];

const storageKey = 'actors.print.language';

function isLanguage(text: string | undefined): text is PrintLanguage {
  return printLanguages.includes(text as PrintLanguage);
}

/** What the person chose here before, else the first of the browser's languages that we speak, else English. */
export function preferredPrintLanguage(): PrintLanguage {
  const chosen = localStorage.getItem(storageKey) ?? undefined;
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((language) => language.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function choosePrintLanguage(language: PrintLanguage): void {
  localStorage.setItem(storageKey, language);
}
