import { registerWorker } from '../bridge/sw-bridge';
import { chooseLanguage, preferredLanguage, translatePage, Translator } from '../i18n';
import { listReaders } from '../shared/db/readers';
import { openDatabase } from '../shared/db/schema';
import { byId, create, setText } from '../ui/dom';
import { readerPathIn } from './reader-link';

let translator = new Translator(preferredLanguage());

function main(): void {
  translatePage(translator);
  byId('language').addEventListener('click', () => {
    const language = translator.language === 'fr' ? 'en' : 'fr';
    chooseLanguage(language);
    translator = new Translator(language);
    translatePage(translator);
  });
  byId('paste').addEventListener('submit', (event) => {
    event.preventDefault();
    openPasted();
  });
  showKnownReaders().catch((error: unknown) => console.error(error));
  registerWorker({ onOfflineReady: () => {}, onUpdate: () => {} }).catch((error: unknown) =>
    console.error(error),
  );
}

async function showKnownReaders(): Promise<void> {
  const readers = await listReaders(await openDatabase());
  const items = readers.map((reader) => {
    const link = create('a', '', create('strong', '', reader.name), create('span', '', reader.campaign.name));
    link.href = `/qrcode/${encodeURIComponent(reader.campaign.slug)}/open-reader/${reader.uuid}`;
    return create('li', '', link);
  });
  byId('known-list').replaceChildren(...items);
  byId('known').hidden = items.length === 0;
}

function openPasted(): void {
  const path = readerPathIn(byId<HTMLInputElement>('address').value, location.origin);
  if (path) location.assign(path);
  else setText(byId('paste-error'), translator.text('home.door.invalid'));
}

main();
