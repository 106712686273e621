import { registerWorker } from '../bridge/sw-bridge';
import { chooseLanguage, preferredLanguage } from '../i18n';
import { state, subscribe, unsubscribe, update, type PushState } from '../push/client';
import { ownDevice } from '../shared/push/memory';
import { byId, setText } from '../ui/dom';
import { UserApi, type Refusal } from './api';
import { DevicesView } from './devices-view';
import { ListView } from './list-view';
import { Live } from './live';
import { NotificationTexts, type TextKey } from './texts';
import { dropToken, takeToken } from './token';
import { WishesView } from './wishes-view';

const askMs = 15_000;

const token = takeToken();
let texts = new NotificationTexts(preferredLanguage());
let push: PushState | 'loading' = 'loading';
let problem: { readonly key: TextKey; readonly reason: string } | null = null;
let isLive = false;
let isOffline = false;

const api = new UserApi(token);
const list = new ListView(api, texts, refused);
const devices = new DevicesView(api, texts, refused, (device) => void onRemoved(device));
const wishes = new WishesView(api, texts, refused, () => setText(byId('connection'), texts.text('saved')));

function translate(): void {
  document.documentElement.lang = texts.language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-notification-text]')) {
    element.textContent = texts.text(element.dataset['notificationText'] as TextKey);
  }
  for (const view of [list, devices, wishes]) view.speak(texts);
  show();
}

function show(): void {
  setText(byId('problem'), problem ? texts.text(problem.key, { reason: problem.reason }) : '');
  setText(byId('connection'), isOffline ? texts.text('offline') : '');
  setText(byId('push-words'), texts.text(push === 'loading' ? 'push-loading' : `push-${push}-words`));
  byId('push-on').hidden = push !== 'off';
  byId('push-off').hidden = push !== 'on';
}

function refused(refusal: Refusal): void {
  isOffline = refusal.code === 'offline';
  if (refusal.code === 'user_token_expired' || refusal.code === 'user_token_needed') {
    dropToken();
    leave('token-expired');
  } else if (!isOffline) {
    problem = { key: 'failed', reason: refusal.message };
  }
  show();
}

function leave(key: TextKey): void {
  problem = { key, reason: '' };
  for (const part of ['push', 'list', 'devices', 'wishes']) byId(part).hidden = true;
  show();
}

/** Subscribes, unsubscribes or mends, and shows how that went. */
async function change(act: () => Promise<unknown>): Promise<void> {
  problem = null;
  try {
    await act();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if ((await state()) !== 'denied') problem = { key: 'push-failed', reason };
  }
  push = await state();
  show();
  await devices.refresh((await ownDevice())?.id ?? null);
}

async function onRemoved(device: string | null): Promise<void> {
  const own = (await ownDevice())?.id;
  if (own !== undefined && (device === null || device === own)) await change(() => unsubscribe());
  else await devices.refresh(own ?? null);
}

byId('language').addEventListener('click', () => {
  const language = texts.language === 'fr' ? 'en' : 'fr';
  chooseLanguage(language);
  texts = new NotificationTexts(language);
  translate();
});
byId('push-on').addEventListener('click', () => void change(() => subscribe({ token })));
byId('push-off').addEventListener('click', () => void change(() => unsubscribe()));

async function ask(): Promise<void> {
  isOffline = false;
  await list.refresh();
  show();
}

async function run(): Promise<void> {
  translate();
  if (token === '') return leave('token-missing');
  byId('push').hidden = false;
  await registerWorker({ onOfflineReady: () => undefined, onUpdate: (apply) => apply() }).catch(
    () => undefined,
  );
  push = await state();
  show();
  await Promise.all([ask(), wishes.refresh(), change(() => update({ token }))]);
  const live = new Live(
    token,
    () => void ask(),
    (connected) => {
      if (connected && !isLive) void ask();
      isLive = connected;
    },
  );
  void live.start();
  window.setInterval(() => {
    if (!isLive) void ask();
  }, askMs);
}

void run();
