import type { Language } from '../i18n';
import { PageTexts } from '../ui/page-texts';

const fr = {
  title: 'Rendez-vous',
  language: 'English',
  loading: 'Un instant…',
  unknown: 'Ce lien ne mène à aucun rendez-vous.',
  'unknown-help': 'Vérifiez qu’il est complet, ou demandez-en un nouveau à la personne qui vous l’a envoyé.',
  'other-day': 'Le rendez-vous n’est pas aujourd’hui',
  'other-day-help': 'Revenez le jour dit, avec le même lien.',
  early: 'C’est bientôt',
  'early-help': 'Le bouton pour entrer apparaîtra ici tout seul. Gardez cette page ouverte.',
  waiting: 'Personne n’est encore là',
  'waiting-help':
    'Vous pouvez entrer et attendre dans la salle, ou rester ici : cette page vous dira quand quelqu’un arrive.',
  running: 'On vous attend',
  'running-help': 'Le rendez-vous a commencé.',
  over: 'Le rendez-vous est terminé',
  'over-help': 'S’il vous en faut un autre, demandez-le à la personne qui vous a envoyé ce lien.',
  enter: 'Entrer',
  'enter-as': 'Entrer en tant que {name}',
  'link-used': 'Ce lien a déjà servi',
  'link-revoked': 'Ce lien n’est plus valable',
  'link-help': 'Demandez-en un nouveau à la personne qui vous l’a envoyé.',
  'full-name': 'Votre nom, tel que les autres le verront',
  prepare: 'À préparer',
  when: '{day} à {time}',
  'when-minutes': '{day} à {time}, {minutes} minutes',
  place: 'Lieu : {place}',
  offline: 'Pas de réseau : cette page réessaie toute seule.',
} as const;

export type TextKey = keyof typeof fr;

const en: Readonly<Record<TextKey, string>> = {
  title: 'Meeting',
  language: 'Français',
  loading: 'One moment…',
  unknown: 'This link leads to no meeting.',
  'unknown-help': 'Check that it is complete, or ask whoever sent it to you for a new one.',
  'other-day': 'The meeting is not today',
  'other-day-help': 'Come back that day, with the same link.',
  early: 'It is soon',
  'early-help': 'The button to enter will appear here by itself. Keep this page open.',
  waiting: 'Nobody is there yet',
  'waiting-help': 'You can enter and wait inside, or stay here: this page tells you when somebody comes.',
  running: 'You are expected',
  'running-help': 'The meeting has begun.',
  over: 'The meeting is over',
  'over-help': 'If you need another one, ask whoever sent you this link.',
  enter: 'Enter',
  'enter-as': 'Enter as {name}',
  'link-used': 'This link has been used',
  'link-revoked': 'This link is no longer valid',
  'link-help': 'Ask whoever sent it to you for a new one.',
  'full-name': 'Your name, as others will see it',
  prepare: 'To prepare',
  when: '{day} at {time}',
  'when-minutes': '{day} at {time}, {minutes} minutes',
  place: 'Place: {place}',
  offline: 'No network: this page tries again by itself.',
};

export class MeetingTexts extends PageTexts<TextKey> {
  constructor(language: Language) {
    super(language, { fr, en });
  }

  /** When it is, in the visitor's own time zone, which is named. */
  when(start: string, minutes: number | null): string {
    const date = new Date(start);
    const day = new Intl.DateTimeFormat(this.language, { dateStyle: 'full' }).format(date);
    const time = new Intl.DateTimeFormat(this.language, {
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'short',
    }).format(date);
    return minutes === null
      ? this.text('when', { day, time })
      : this.text('when-minutes', { day, time, minutes });
  }
}
