import type { PrintLanguage } from '../printing/language';
import { PageTexts } from '../ui/page-texts';

const en = {
  title: 'Print terminal',
  scan: 'Scan to print here',
  'scan-help': 'Open {address} on your phone, choose your files and point the camera at this code.',
  pin: 'or enter the PIN of your file',
  erase: 'Erase',
  clear: 'Clear',
  print: 'Print',
  language: 'Language',
  connecting: 'Connecting…',
  connected: 'Ready',
  lost: 'No connection. It comes back by itself.',
  elsewhere: 'This terminal is open in another window.',
  asking: 'One moment…',
  accepted: 'Your file is being prepared.',
  pin_unknown: 'There is no file with this PIN. Check it, or upload the file again.',
  file_absent: 'This file has not been uploaded yet.',
  terminal_full: 'There is too much to print here. Try again in a few minutes.',
  quota_exceeded: 'Your sheets of this month are used up.',
  too_many_misses: 'Too many wrong PINs. Try again in a few minutes.',
  offline: 'No connection: nothing was printed. Try again.',
  refused: 'This file cannot be printed now.',
  'now.printing': 'Printing: sheet {sheet} of {of}',
  'now.preparing': 'Preparing…',
  'now.done.one': 'Done: take your {of} sheet',
  'now.done.few': 'Done: take your {of} sheets',
  'now.done.many': 'Done: take your {of} sheets',
  'now.done.other': 'Done: take your {of} sheets',
  'now.failed': 'Printing stopped after sheet {sheet} of {of}: {reason}',
  'now.stopped': 'Printing is interrupted: {reason}',
  more: 'waiting: {waiting}',
  'file-missing': 'the file could not be fetched.',
  'file-unreadable': 'the file could not be read.',
  'pages-missing': 'the file does not have these pages.',
  'no-answer': 'the printer does not answer.',
  'no-storage': 'this terminal has no storage left. Tell the staff.',
  tray: 'Output tray (simulated)',
  pair: 'Staff: open {address} and enter this code',
  'pair-offline': 'The server does not answer. It is asked again in a few seconds.',
  rebooting: 'Restarting…',
};

export type TextKey = keyof typeof en;

const fr: Record<TextKey, string> = {
  title: 'Borne d’impression',
  scan: 'Scannez pour imprimer ici',
  'scan-help': 'Ouvrez {address} sur votre téléphone, choisissez vos fichiers et visez ce code.',
  pin: 'ou saisissez le code PIN de votre fichier',
  erase: 'Effacer',
  clear: 'Tout effacer',
  print: 'Imprimer',
  language: 'Langue',
  connecting: 'Connexion…',
  connected: 'Prête',
  lost: 'Pas de connexion. Elle revient d’elle-même.',
  elsewhere: 'Cette borne est ouverte dans une autre fenêtre.',
  asking: 'Un instant…',
  accepted: 'Votre fichier se prépare.',
  pin_unknown: 'Aucun fichier n’a ce code PIN. Vérifiez-le, ou déposez à nouveau le fichier.',
  file_absent: 'Ce fichier n’a pas encore été déposé.',
  terminal_full: 'Il y a trop à imprimer ici. Réessayez dans quelques minutes.',
  quota_exceeded: 'Vos feuilles de ce mois sont épuisées.',
  too_many_misses: 'Trop de codes PIN erronés. Réessayez dans quelques minutes.',
  offline: 'Pas de connexion : rien n’a été imprimé. Réessayez.',
  refused: 'Ce fichier ne peut pas être imprimé maintenant.',
  'now.printing': 'Impression : feuille {sheet} sur {of}',
  'now.preparing': 'Préparation…',
  'now.done.one': 'Terminé : prenez votre feuille',
  'now.done.few': 'Terminé : prenez vos {of} feuilles',
  'now.done.many': 'Terminé : prenez vos {of} feuilles',
  'now.done.other': 'Terminé : prenez vos {of} feuilles',
  'now.failed': 'Impression arrêtée après la feuille {sheet} sur {of} : {reason}',
  'now.stopped': 'Impression interrompue : {reason}',
  more: 'en attente : {waiting}',
  'file-missing': 'le fichier n’a pas pu être récupéré.',
  'file-unreadable': 'le fichier est illisible.',
  'pages-missing': 'le fichier n’a pas ces pages.',
  'no-answer': 'l’imprimante ne répond pas.',
  'no-storage': 'cette borne n’a plus de mémoire. Prévenez le personnel.',
  tray: 'Bac de sortie (simulé)',
  pair: 'Personnel : ouvrez {address} et saisissez ce code',
  'pair-offline': 'Le serveur ne répond pas. Nouvelle tentative dans quelques secondes.',
  rebooting: 'Redémarrage…',
};

const ru: Record<TextKey, string> = {
  title: 'Терминал печати',
  scan: 'Отсканируйте, чтобы напечатать здесь',
  'scan-help': 'Откройте {address} на телефоне, выберите файлы и наведите камеру на этот код.',
  pin: 'или введите ПИН-код файла',
  erase: 'Стереть',
  clear: 'Очистить',
  print: 'Печать',
  language: 'Язык',
  connecting: 'Соединение…',
  connected: 'Готов к печати',
  lost: 'Нет связи. Она восстановится сама.',
  elsewhere: 'Этот терминал открыт в другом окне.',
  asking: 'Секунду…',
  accepted: 'Файл готовится к печати.',
  pin_unknown: 'Файла с таким ПИН-кодом нет. Проверьте код или загрузите файл заново.',
  file_absent: 'Этот файл ещё не загружен.',
  terminal_full: 'Здесь слишком большая очередь. Попробуйте через несколько минут.',
  quota_exceeded: 'Ваш лимит листов на этот месяц исчерпан.',
  too_many_misses: 'Слишком много неверных ПИН-кодов. Попробуйте через несколько минут.',
  offline: 'Нет связи: ничего не напечатано. Попробуйте ещё раз.',
  refused: 'Сейчас этот файл напечатать нельзя.',
  'now.printing': 'Печать: лист {sheet} из {of}',
  'now.preparing': 'Подготовка…',
  'now.done.one': 'Готово: заберите {of} лист',
  'now.done.few': 'Готово: заберите {of} листа',
  'now.done.many': 'Готово: заберите {of} листов',
  'now.done.other': 'Готово: заберите {of} листа',
  'now.failed': 'Печать остановилась после листа {sheet} из {of}: {reason}',
  'now.stopped': 'Печать прервана: {reason}',
  more: 'в очереди: {waiting}',
  'file-missing': 'не удалось получить файл.',
  'file-unreadable': 'файл не читается.',
  'pages-missing': 'в файле нет таких страниц.',
  'no-answer': 'принтер не отвечает.',
  'no-storage': 'на терминале закончилась память. Сообщите сотрудникам.',
  tray: 'Лоток (имитация)',
  pair: 'Сотрудникам: откройте {address} и введите этот код',
  'pair-offline': 'Сервер не отвечает. Повтор через несколько секунд.',
  rebooting: 'Перезагрузка…',
};

const dictionaries = { ru, fr, en };

export class TerminalTexts extends PageTexts<TextKey, PrintLanguage> {
  constructor(language: PrintLanguage) {
    super(language, dictionaries);
  }

  knows(key: string): key is TextKey {
    return key in en;
  }

  /** Done, in the form that the number asks for. */
  done(of: number): string {
    const form = new Intl.PluralRules(this.language).select(of) as 'one' | 'few' | 'many' | 'other';
    return this.text(`now.done.${form}`, { of });
  }
}
