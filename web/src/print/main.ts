import {
  choosePrintLanguage,
  preferredPrintLanguage,
  printLanguages,
  type PrintLanguage,
} from '../printing/language';
import type { PrintConfiguration } from '../printing/jobs';
import { byId, setText } from '../ui/dom';
import { askConfiguration, PrintApi, type Owner } from './api';
import { FileCard } from './file-card';
import { forgetAll, myFiles, rememberedOwner, rememberOwner } from './my-files';
import { PrintDialog } from './print-dialog';
import { problem, problemOf, type Problem } from './problems';
import { linkedCode } from './qr-code';
import { SentFile, type Desk } from './sent-file';
import { PrintTexts, type TextKey } from './texts';

const askAgainMs = 5_000;
const maxAtOnce = 10;
const bytesPerMegabyte = 1024 * 1024;

let texts = new PrintTexts(preferredPrintLanguage());
let owner = rememberedOwner();
let limits: PrintConfiguration | null = null;
let cards: readonly FileCard[] = [];
/** Files go one after the other, so that the first is there soon. */
let sending: Promise<void> = Promise.resolve();
let linked = linkedCode(location.hash);

const field = (id: string) => byId<HTMLInputElement>(id);

function translate(): void {
  document.documentElement.lang = texts.language;
  document.title = `Actors · ${texts.text('title')}`;
  for (const element of document.querySelectorAll<HTMLElement>('[data-print-text]')) {
    element.textContent = texts.text(element.dataset['printText'] as TextKey);
  }
}

function show(): void {
  byId('owner').hidden = owner !== null;
  byId('known-owner').hidden = owner === null;
  if (owner) setText(byId('owner-name'), `${owner.surname} · ${owner.number}`);
  if (limits) {
    const size = Math.floor(limits.maxSize / bytesPerMegabyte);
    setText(byId('limits'), texts.text('limits', { size, sheets: limits.maxSheets }));
  }
  byId('no-files').hidden = cards.length > 0;
  setText(byId('linked'), linked === null ? '' : texts.text('link-ready'));
  byId('linked').hidden = linked === null;
  for (const card of cards) card.show();
  showSelection();
}

function selected(): readonly SentFile[] {
  return cards.map(({ file }) => file).filter((file) => file.isSelected && file.phase === 'ready');
}

function showSelection(): void {
  const files = selected();
  byId('selection').hidden = files.length === 0;
  const sheets = files.reduce((sum, file) => sum + (file.sheets ?? 0), 0);
  const values = { files: texts.number(files.length), sheets: texts.number(sheets) };
  setText(byId('selection-words'), texts.text('selection', values));
}

function typedOwner(): Owner | null {
  const [surname, number] = [field('surname').value.trim(), field('number').value.trim()];
  return surname === '' || number === '' ? null : { surname, number };
}

function deskOf(configuration: PrintConfiguration): Desk {
  return {
    api: new PrintApi(configuration.prefix),
    limits: configuration,
    owner: () => owner ?? typedOwner(),
    welcome: (known) => {
      owner = known;
      rememberOwner(known);
      setText(byId('owner-problem'), '');
      show();
      sendAgain('not-a-member');
    },
    isHidden: () => document.hidden,
  };
}

function addCard(file: SentFile, isNew: boolean): void {
  const card = new FileCard(
    file,
    () => texts,
    () => send(file),
  );
  file.onChange = () => {
    if (file.phase === 'removed') {
      card.close();
      cards = cards.filter((other) => other !== card);
    }
    if (file.problem?.key === 'not-a-member') askOwner('not-a-member');
    card.show();
    byId('no-files').hidden = cards.length > 0;
    showSelection();
  };
  cards = isNew ? [card, ...cards] : [...cards, card];
  if (isNew) byId('files').prepend(card.element);
  else byId('files').append(card.element);
}

/** What was remembered is wrong, or there is none. */
function askOwner(why: 'not-a-member' | 'owner-missing'): void {
  if (owner) {
    field('surname').value = owner.surname;
    field('number').value = owner.number;
  }
  owner = null;
  setText(byId('owner-problem'), texts.text(why));
  show();
}

function send(file: SentFile): void {
  sending = sending.then(() => file.send());
}

/** What was refused for a reason that is gone. */
function sendAgain(reason: TextKey): void {
  for (const { file } of cards) {
    if (file.phase === 'refused' && file.problem?.key === reason) send(file);
  }
}

function isSending(): boolean {
  return cards.some(({ file }) => ['waiting', 'sending', 'checking'].includes(file.phase));
}

function accept(desk: Desk, files: readonly File[]): void {
  if (files.length === 0) return;
  if (!desk.owner()) {
    askOwner('owner-missing');
    (field('surname').value.trim() === '' ? field('surname') : field('number')).focus();
    return;
  }
  for (const chosen of files) {
    const file = new SentFile(desk, chosen.name, chosen);
    addCard(file, true);
    send(file);
  }
  show();
}

async function print(desk: Desk, code: string): Promise<Problem | null> {
  const files = selected();
  if (files.length > maxAtOnce) return problem('too-many-files');
  for (const file of files) {
    if (!(await file.save())) return file.problem;
  }
  const pins = files.map((file) => file.pin ?? '');
  const refused = problemOf('print', await desk.api.print(code, pins), desk.limits);
  linked = null;
  if (refused?.key === 'offline') return refused;
  if (!refused) for (const file of files) file.isSelected = false;
  await Promise.all(files.map((file) => file.refresh()));
  show();
  return refused;
}

function nextLanguage(): PrintLanguage {
  return printLanguages[(printLanguages.indexOf(texts.language) + 1) % printLanguages.length] ?? 'en';
}

function listen(desk: Desk, dialog: PrintDialog): void {
  const picker = field('picker');
  picker.addEventListener('change', () => {
    accept(desk, [...(picker.files ?? [])]);
    // the same file may be chosen again
    picker.value = '';
  });
  const page = document.body;
  page.addEventListener('dragover', (event) => {
    event.preventDefault();
    page.classList.add('is-dragging');
  });
  page.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) page.classList.remove('is-dragging');
  });
  page.addEventListener('drop', (event) => {
    event.preventDefault();
    page.classList.remove('is-dragging');
    accept(desk, [...(event.dataTransfer?.files ?? [])]);
  });
  byId('print-now').addEventListener('click', () => dialog.open(linked ?? ''));
  window.addEventListener('hashchange', () => {
    linked = linkedCode(location.hash);
    show();
  });
  window.addEventListener('online', () => sendAgain('offline'));
  window.addEventListener('beforeunload', (event) => {
    if (isSending()) event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void refreshAll();
  });
}

async function refreshAll(): Promise<void> {
  for (const { file } of cards) await file.refresh();
}

async function begin(): Promise<void> {
  const answer = await askConfiguration();
  setText(byId('page-problem'), answer.kind === 'ok' ? '' : texts.text('no-configuration'));
  if (answer.kind !== 'ok') {
    window.setTimeout(() => void begin(), askAgainMs);
    return;
  }
  limits = answer.value;
  const desk = deskOf(limits);
  listen(
    desk,
    new PrintDialog(
      limits.qrTokenPrefix,
      () => texts,
      (code) => print(desk, code),
    ),
  );
  byId('picker').removeAttribute('disabled');
  for (const file of myFiles(Date.now())) addCard(SentFile.remembered(desk, file), false);
  show();
  await refreshAll();
}

byId('forget').addEventListener('click', () => {
  if (!window.confirm(texts.text('forget-sure'))) return;
  forgetAll();
  location.reload();
});
byId('owner').addEventListener('submit', (event) => event.preventDefault());
byId('language').addEventListener('click', () => {
  const language = nextLanguage();
  choosePrintLanguage(language);
  texts = new PrintTexts(language);
  translate();
  show();
});
translate();
show();
void begin();
