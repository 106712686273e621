import type { Language } from '../i18n';
import { PageTexts } from '../ui/page-texts';

const fr = {
  title: 'Notifications',
  language: 'English',
  'title-unread': '({count}) Notifications',
  push: 'Être prévenu sur cet appareil',
  'push-loading': 'Un instant…',
  'push-off-words':
    'Recevez vos notifications même quand cette page est fermée. Votre navigateur vous demandera de confirmer ; vous pourrez changer d’avis ici à tout moment.',
  'push-on-words': 'Cet appareil reçoit vos notifications.',
  'push-denied-words':
    'Votre navigateur refuse les notifications de ce site. Pour les autoriser, ouvrez les réglages du site (le cadenas à côté de l’adresse), autorisez les notifications, puis rechargez cette page.',
  'push-install-words':
    'Sur iPhone et iPad, ajoutez d’abord cette page à l’écran d’accueil (bouton Partager, puis « Sur l’écran d’accueil »), et ouvrez-la de là.',
  'push-unsupported-words':
    'Ce navigateur ne sait pas recevoir de notifications. Vous les trouvez ici à chaque visite.',
  'push-failed': 'L’abonnement n’a pas abouti ({reason}). Réessayez dans un moment.',
  'push-on': 'Activer les notifications',
  'push-off': 'Désactiver sur cet appareil',
  'list-title.one': '{count} notification nouvelle',
  'list-title.other': '{count} notifications nouvelles',
  'list-title.none': 'Aucune notification nouvelle',
  'show-new': 'Nouvelles',
  'show-all': 'Toutes',
  'none-new': 'Vous avez tout lu.',
  'none-all': 'Vous n’avez pas encore reçu de notification.',
  more: 'Voir la suite',
  ack: 'J’ai lu',
  forget: 'Supprimer',
  open: 'Ouvrir',
  acked: 'lue',
  devices: 'Mes appareils',
  'no-devices': 'Aucun appareil n’est prévenu.',
  'remove-all': 'Retirer tous les appareils',
  'remove-all-sure': 'Retirer tous les appareils ? Plus aucun ne sera prévenu.',
  'this-device': 'cet appareil',
  'device-never': 'rien reçu encore',
  'device-last': 'dernière réception : {moment}',
  'device-strikes': '{count} refus du service de notification ({status})',
  'device-off': 'en pause',
  'device-name': 'Nom de cet appareil',
  rename: 'Renommer',
  pause: 'Mettre en pause',
  resume: 'Reprendre',
  test: 'Essayer',
  remove: 'Retirer',
  'test-pending': 'Essai envoyé, en attente…',
  'test-sent': 'Remis au service de notification : il devrait s’afficher dans un instant.',
  'test-shown': 'L’appareil l’affiche.',
  'test-retrying': 'Le service de notification ne répond pas ({status}) ; nous réessayons.',
  'test-failed': 'Le service de notification refuse ({status}).',
  'test-gone': 'L’appareil n’est plus abonné ; il a été retiré.',
  'test-expired': 'L’essai n’a pas pu être remis.',
  'test-refused': 'Trop d’essais : attendez une minute.',
  wishes: 'Quand me prévenir',
  'quiet-on': 'Ne pas me déranger',
  'quiet-from': 'de',
  'quiet-to': 'à',
  'quiet-help': 'Ce qui n’est pas urgent attend la fin de ces heures (heure de cet appareil : {zone}).',
  muted: 'Services dont je ne veux rien recevoir, séparés par des virgules',
  save: 'Enregistrer',
  saved: 'Enregistré.',
  'token-missing': 'Ouvrez cette page depuis votre portail : lui seul sait qui vous êtes.',
  'token-expired': 'Votre session est terminée. Revenez à cette page depuis votre portail.',
  offline: 'Pas de réseau : cette page réessaie toute seule.',
  failed: 'Cela n’a pas marché : {reason}',
} as const;

export type TextKey = keyof typeof fr;

const en: Readonly<Record<TextKey, string>> = {
  title: 'Notifications',
  language: 'Français',
  'title-unread': '({count}) Notifications',
  push: 'Be told on this device',
  'push-loading': 'One moment…',
  'push-off-words':
    'Get your notifications even when this page is closed. Your browser will ask you to confirm; you can change your mind here at any time.',
  'push-on-words': 'This device gets your notifications.',
  'push-denied-words':
    'Your browser refuses notifications of this site. To allow them, open the site’s settings (the padlock beside the address), allow notifications, and load this page again.',
  'push-install-words':
    'On an iPhone or iPad, first add this page to the home screen (the Share button, then “Add to Home Screen”), and open it from there.',
  'push-unsupported-words':
    'This browser cannot receive notifications. You find them here whenever you come.',
  'push-failed': 'Subscribing did not work ({reason}). Try again in a moment.',
  'push-on': 'Turn notifications on',
  'push-off': 'Turn off on this device',
  'list-title.one': '{count} new notification',
  'list-title.other': '{count} new notifications',
  'list-title.none': 'No new notifications',
  'show-new': 'New',
  'show-all': 'All',
  'none-new': 'You have read everything.',
  'none-all': 'You have not received any notification yet.',
  more: 'Show more',
  ack: 'I have read it',
  forget: 'Delete',
  open: 'Open',
  acked: 'read',
  devices: 'My devices',
  'no-devices': 'No device is told.',
  'remove-all': 'Remove all devices',
  'remove-all-sure': 'Remove all devices? None of them will be told any more.',
  'this-device': 'this device',
  'device-never': 'nothing received yet',
  'device-last': 'last received {moment}',
  'device-strikes': '{count} refusals of the notification service ({status})',
  'device-off': 'paused',
  'device-name': 'Name of this device',
  rename: 'Rename',
  pause: 'Pause',
  resume: 'Resume',
  test: 'Try',
  remove: 'Remove',
  'test-pending': 'Test sent, waiting…',
  'test-sent': 'Handed to the notification service: it should appear in a moment.',
  'test-shown': 'The device shows it.',
  'test-retrying': 'The notification service does not answer ({status}); we try again.',
  'test-failed': 'The notification service refuses ({status}).',
  'test-gone': 'The device is subscribed no more; it was removed.',
  'test-expired': 'The test could not be delivered.',
  'test-refused': 'Too many tests: wait a minute.',
  wishes: 'When to tell me',
  'quiet-on': 'Do not disturb me',
  'quiet-from': 'from',
  'quiet-to': 'to',
  'quiet-help': 'What is not urgent waits until these hours end (time of this device: {zone}).',
  muted: 'Services that I do not want to hear of, separated by commas',
  save: 'Save',
  saved: 'Saved.',
  'token-missing': 'Open this page from your portal: it alone knows who you are.',
  'token-expired': 'Your session is over. Come back to this page from your portal.',
  offline: 'No network: this page tries again by itself.',
  failed: 'That did not work: {reason}',
};

export class NotificationTexts extends PageTexts<TextKey> {
  constructor(language: Language) {
    super(language, { fr, en });
  }

  /** How many are new, as a title. */
  unread(count: number): string {
    if (count === 0) return this.text('list-title.none');
    const form = new Intl.PluralRules(this.language).select(count) === 'one' ? 'one' : 'other';
    return this.text(`list-title.${form}`, { count: this.number(count) });
  }
}
