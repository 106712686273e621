import { chooseLanguage, preferredLanguage } from '../i18n';
import { byId, create, setText } from '../ui/dom';
import { Live } from './live';
import { changed, countdown, isOpen, keyOf, linkOf, stateOf, type Lobby } from './lobby';
import { MeetingTexts, type TextKey } from './texts';

const askMs = 10_000;
const retryMs = 5_000;
const tickMs = 1_000;
const nameKey = 'actors.meeting.name';

const key = keyOf(location.hash);
const guid = decodeURIComponent(location.pathname.split('/')[2] ?? '');
let texts = new MeetingTexts(preferredLanguage());
let lobby: Lobby | null = null;
let isUnknown = false;
/** Why a link of one's own leads in no more. */
let isGone: 'link-used' | 'link-revoked' | null = null;
let isLive = false;
let isOffline = false;
/** The server's clock minus this one's. */
let offset = 0;

function translate(): void {
  document.documentElement.lang = texts.language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-meeting-text]')) {
    element.textContent = texts.text(element.dataset['meetingText'] as TextKey);
  }
}

function show(): void {
  setText(byId('connection'), isOffline ? texts.text('offline') : '');
  if (isGone) {
    say(isGone, texts.text('link-help'));
    byId('enter').hidden = byId('countdown').hidden = true;
    return;
  }

  if (!lobby) {
    say(isUnknown ? 'unknown' : 'loading', isUnknown ? texts.text('unknown-help') : '');
    return;
  }

  const now = Date.now() + offset;
  const state = stateOf(lobby, now);
  document.title = `${texts.text(state)} · ${lobby.name}`;
  setText(byId('name'), lobby.name);
  byId('when').hidden = lobby.start === null;
  setText(byId('when'), lobby.start === null ? '' : texts.when(lobby.start, lobby.duration));
  byId('place').hidden = lobby.place === null;
  setText(byId('place'), lobby.place === null ? '' : texts.text('place', { place: lobby.place }));
  say(state, texts.text(`${state}-help`));
  byId('countdown').hidden = state !== 'early';
  setText(byId('countdown'), state === 'early' ? countdown(Date.parse(lobby.opens!) - now) : '');
  byId('enter').hidden = !isOpen(state);
  setText(
    byId('enter-button'),
    lobby.person === null ? texts.text('enter') : texts.text('enter-as', { name: lobby.person }),
  );
  byId('full-name').hidden = byId('full-name-label').hidden = !lobby.asksName;
  byId('prepare').hidden = lobby.prepare.length === 0 || state === 'over';
}

function say(state: TextKey, help: string): void {
  byId('state').dataset['state'] = state;
  setText(byId('words'), texts.text(state));
  setText(byId('help'), help);
}

async function ask(): Promise<boolean> {
  try {
    const answer = await fetch(`/api/meetings/${encodeURIComponent(guid)}`, {
      cache: 'no-store',
      headers: key === '' ? {} : { 'X-Meeting-Link': key },
    });
    isUnknown = answer.status === 404;
    if (answer.status === 410) {
      const { code } = (await answer.json()) as { code: string };
      isGone = code === 'link_revoked' ? 'link-revoked' : 'link-used';
    }
    isOffline = false;
    if (answer.ok) {
      const told = (await answer.json()) as Lobby;
      offset = Date.parse(told.now) - Date.now();
      if (!lobby) byId('prepare-list').replaceChildren(...told.prepare.map((item) => create('li', '', item)));
      lobby = told;
    }
  } catch {
    isOffline = true;
  }
  show();
  return lobby !== null || isUnknown || isGone !== null;
}

byId('language').addEventListener('click', () => {
  const language = texts.language === 'fr' ? 'en' : 'fr';
  chooseLanguage(language);
  texts = new MeetingTexts(language);
  translate();
  show();
});

byId<HTMLFormElement>('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!lobby) return;
  const name = byId<HTMLInputElement>('full-name').value;
  if (lobby.asksName) localStorage.setItem(nameKey, name);
  location.assign(linkOf(lobby.joinUrl, lobby.asksName ? name : ''));
});

async function run(): Promise<void> {
  translate();
  show();
  byId<HTMLInputElement>('full-name').value = localStorage.getItem(nameKey) ?? '';
  while (!(await ask())) await new Promise((resolve) => window.setTimeout(resolve, retryMs));
  if (isUnknown || isGone) return;
  const live = new Live(
    guid,
    (change) => {
      lobby = changed(lobby!, change);
      show();
    },
    (connected) => {
      isLive = connected;
    },
  );
  void live.start();
  window.setInterval(show, tickMs);
  window.setInterval(() => {
    if (!isLive) void ask();
  }, askMs);
}

void run();
