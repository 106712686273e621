import type { Language } from '../i18n';
import { PageTexts } from '../ui/page-texts';

const fr = {
  title: 'Campagne {slug}',
  language: 'English',
  leave: 'Quitter',
  token: 'Jeton d’accès',
  'token-help': 'Un jeton de portée tally.read. Il reste dans cet onglet et disparaît avec lui.',
  'token-missing': 'Collez un jeton.',
  'token-refused':
    'Ce jeton n’ouvre pas cette page : il est inconnu, révoqué, ou n’a pas la portée tally.read.',
  unknown: 'Cette campagne n’existe pas.',
  open: 'Ouvrir',
  inside: '{inside} à l’intérieur',
  'inside-of': '{inside} à l’intérieur, {limit} au plus',
  totals: '{entries} entrées · {exits} sorties · {seen} scans',
  chart: 'Par quart d’heure, dernières 24 heures',
  nothing: 'Rien n’a encore été scanné.',
  entries: 'Entrées',
  exits: 'Sorties',
  refused: 'Refusés',
  csv: 'Télécharger en CSV (7 jours)',
  gates: 'Portes',
  gate: 'Porte',
  readers: 'Lecteurs',
  reader: 'Lecteur',
  scans: 'Scans',
  first: 'Premiers',
  last: 'Dernier reçu',
  none: 'Aucune',
  bar: '{time} : {entries} entrées, {exits} sorties, {refused} refusés',
  unreachable: 'Le serveur ne répond pas ; chiffres d’il y a {seconds} s.',
  failed: 'Le serveur répond {status} ; chiffres d’il y a {seconds} s.',
};

const en: typeof fr = {
  title: 'Campaign {slug}',
  language: 'Français',
  leave: 'Sign out',
  token: 'Access token',
  'token-help': 'A token of scope tally.read. It stays in this tab and goes with it.',
  'token-missing': 'Paste a token.',
  'token-refused': 'This token does not open this page: it is unknown, revoked, or not of scope tally.read.',
  unknown: 'There is no such campaign.',
  open: 'Open',
  inside: '{inside} inside',
  'inside-of': '{inside} inside, {limit} at most',
  totals: '{entries} entries · {exits} exits · {seen} scans',
  chart: 'By quarter of an hour, the last 24 hours',
  nothing: 'Nothing was scanned yet.',
  entries: 'Entries',
  exits: 'Exits',
  refused: 'Refused',
  csv: 'Download as CSV (7 days)',
  gates: 'Gates',
  gate: 'Gate',
  readers: 'Readers',
  reader: 'Reader',
  scans: 'Scans',
  first: 'First',
  last: 'Last received',
  none: 'None',
  bar: '{time}: {entries} entries, {exits} exits, {refused} refused',
  unreachable: 'The server does not answer; these are from {seconds} s ago.',
  failed: 'The server answers {status}; these are from {seconds} s ago.',
};

export type TextKey = keyof typeof fr;

const dictionaries: Record<Language, typeof fr> = { fr, en };

/** The page's texts. */
export class CampaignTexts extends PageTexts<TextKey> {
  constructor(language: Language) {
    super(language, dictionaries);
  }

  hour(time: Date): string {
    return new Intl.DateTimeFormat(this.language, { hour: '2-digit', minute: '2-digit' }).format(time);
  }
}
