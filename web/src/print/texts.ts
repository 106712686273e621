import type { PrintLanguage } from '../printing/language';
import { PageTexts } from '../ui/page-texts';
import { en } from './texts-en';
import { fr } from './texts-fr';
import { ru } from './texts-ru';

export type TextKey = keyof typeof en;

/** The page of those who print, in three languages. */
export class PrintTexts extends PageTexts<TextKey, PrintLanguage> {
  constructor(language: PrintLanguage) {
    super(language, { ru, fr, en });
  }
}
