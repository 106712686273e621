import { registerWorker } from '../bridge/sw-bridge';
import { chooseLanguage, preferredLanguage, translatePage, Translator } from '../i18n';
import { closeDatabase, type OpenEvent } from '../shared/db/schema';
import { byId } from '../ui/dom';
import { manifestPath, parseReaderPath, type ReaderAddress } from './address';
import { Entry } from './entry';
import { Feedback } from './feedback';
import { offerInstallation } from './install';
import { Notices } from './ui/notices';
import { Opening } from './ui/opening';

const offlineReadyMs = 8_000;

let translator = new Translator(preferredLanguage());
let entry: Entry | null = null;
const current = () => translator;
const notices = new Notices(current);
const opening = new Opening(current, () => location.reload());

function main(): void {
  translatePage(translator);
  byId('language').addEventListener('click', switchLanguage);
  byId('opening-language').addEventListener('click', switchLanguage);
  const address = parseReaderPath(location.pathname);
  if (!address) {
    opening.fatal('unknown');
  } else if (!self.isSecureContext) {
    opening.insecure();
  } else {
    opening.loading();
    linkManifest(address);
    offerInstallation(notices);
    entry = new Entry(address.reader, current, opening, notices, new Feedback(), onStorage);
    void entry.open();
    registerWorker({ onOfflineReady, onUpdate }).catch((error: unknown) => console.error(error));
  }
}

function linkManifest(address: ReaderAddress): void {
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = manifestPath(address);
  document.head.append(link);
}

function switchLanguage(): void {
  const language = translator.language === 'fr' ? 'en' : 'fr';
  chooseLanguage(language);
  translator = new Translator(language);
  translatePage(translator);
  opening.retranslate();
  entry?.controller?.retranslate();
}

function onOfflineReady(): void {
  self.setTimeout(() => notices.hide('offline-ready'), offlineReadyMs);
  notices.show('offline-ready', {
    level: 'info',
    text: 'notice.offline-ready',
    actions: [{ label: 'notice.understood', run: () => notices.hide('offline-ready') }],
  });
}

function onUpdate(apply: () => void): void {
  notices.show('update', {
    level: 'info',
    text: 'notice.update',
    actions: [{ label: 'notice.update-action', run: apply }],
  });
}

function onStorage(event: OpenEvent): void {
  if (event === 'blocked') notices.show('database', { level: 'error', text: 'notice.database', actions: [] });
  if (event === 'terminated') void closeDatabase().then(() => entry?.controller?.refresh());
}

main();
