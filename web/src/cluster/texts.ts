import type { Language } from '../i18n';
import { PageTexts } from '../ui/page-texts';

const fr = {
  title: 'Grappe',
  language: 'English',
  leave: 'Quitter',
  token: 'Jeton d’accès',
  'token-help': 'Un jeton de portée admin. Il reste dans cet onglet et disparaît avec lui.',
  'token-missing': 'Collez un jeton.',
  'token-refused': 'Ce jeton n’ouvre pas cette page : il est inconnu, révoqué, ou n’a pas la portée admin.',
  open: 'Ouvrir',
  alone: 'Un seul processus, sans grappe',
  'summary.one': 'Grappe {cluster} · vue {view} · {active} silo actif',
  'summary.other': 'Grappe {cluster} · vue {view} · {active} silos actifs',
  unreachable: 'Le serveur ne répond pas ; état d’il y a {seconds} s.',
  failed: 'Le serveur répond {status} ; état d’il y a {seconds} s.',
  active: 'actif',
  joining: 'arrive',
  leaving: 'part',
  expired: 'bail expiré',
  suspected: 'suspecté',
  outvoted: 'écarté par les autres',
  lease: 'bail renouvelé il y a {age} s, encore {left} s',
  heard: 'entendu il y a {age} s',
  epoch: 'époque {epoch}',
  facts: 'version {version} · {memory} Mio · depuis {started}',
  empty: 'Aucun acteur en mémoire.',
  silent: 'N’a encore rien dit de ses acteurs.',
  stale: 'Chiffres d’il y a {seconds} s.',
  grains: 'Acteurs',
  activations: 'En mémoire',
  calls: 'Appels/s',
  all: 'tous',
};

const en: typeof fr = {
  title: 'Cluster',
  language: 'Français',
  leave: 'Sign out',
  token: 'Access token',
  'token-help': 'A token of scope admin. It stays in this tab and goes with it.',
  'token-missing': 'Paste a token.',
  'token-refused': 'This token does not open this page: it is unknown, revoked, or not of scope admin.',
  open: 'Open',
  alone: 'A single process, no cluster',
  'summary.one': 'Cluster {cluster} · view {view} · {active} active silo',
  'summary.other': 'Cluster {cluster} · view {view} · {active} active silos',
  unreachable: 'The server does not answer; this is from {seconds} s ago.',
  failed: 'The server answers {status}; this is from {seconds} s ago.',
  active: 'active',
  joining: 'joining',
  leaving: 'leaving',
  expired: 'lease expired',
  suspected: 'suspected',
  outvoted: 'outvoted by the others',
  lease: 'lease renewed {age} s ago, {left} s left',
  heard: 'heard {age} s ago',
  epoch: 'epoch {epoch}',
  facts: 'version {version} · {memory} MiB · since {started}',
  empty: 'No grain in memory.',
  silent: 'Has not told anything of its grains yet.',
  stale: 'Figures from {seconds} s ago.',
  grains: 'Grains',
  activations: 'In memory',
  calls: 'Calls/s',
  all: 'all',
};

export type TextKey = keyof typeof fr;

const dictionaries: Record<Language, typeof fr> = { fr, en };

/** The page's texts. */
export class ClusterTexts extends PageTexts<TextKey> {
  constructor(language: Language) {
    super(language, dictionaries);
  }
}
