import { chooseLanguage, preferredLanguage } from '../i18n';
import { byId, create, setText } from '../ui/dom';
import { chart, lastDay } from './chart';
import { askCsv, askStatistics, type Answer, type Statistics } from './statistics';
import { CampaignTexts, type TextKey } from './texts';

const tokenKey = 'actors.token';
const periodMs = 3000;

const slug = decodeURIComponent(location.pathname.split('/')[2] ?? '');
let texts = new CampaignTexts(preferredLanguage());
let token = sessionStorage.getItem(tokenKey) ?? '';
let known: { readonly statistics: Statistics; readonly at: number } | undefined;
let timer: number | undefined;

function translate(): void {
  document.documentElement.lang = texts.language;
  document.title = texts.text('title', { slug });
  setText(byId('title'), texts.text('title', { slug }));
  for (const element of document.querySelectorAll<HTMLElement>('[data-campaign-text]')) {
    element.textContent = texts.text(element.dataset['campaignText'] as TextKey);
  }
}

function show(): void {
  byId('enter').hidden = token !== '';
  byId('statistics').hidden = token === '';
  byId('leave').hidden = token === '';
  if (!known) return;
  const { statistics } = known;
  const limit = statistics.capacity ?? null;
  const inside = texts.number(statistics.inside);
  setText(
    byId('inside'),
    limit === null
      ? texts.text('inside', { inside })
      : texts.text('inside-of', { inside, limit: texts.number(limit) }),
  );
  byId('inside').dataset['full'] = String(limit !== null && statistics.inside >= limit);
  const { entries, exits, seen } = statistics;
  setText(
    byId('totals'),
    texts.text('totals', {
      entries: texts.number(entries),
      exits: texts.number(exits),
      seen: texts.number(seen),
    }),
  );
  const day = lastDay(statistics.quarters);
  byId('chart').replaceChildren(
    day.length > 0 ? chart(day, texts, byId('chart').clientWidth) : create('p', '', texts.text('nothing')),
  );
  table(
    'gates',
    ['gate', 'entries', 'exits'],
    statistics.gates.map((gate) => [gate.gate, texts.number(gate.entries), texts.number(gate.exits)]),
  );
  table(
    'readers',
    ['reader', 'scans', 'first', 'last'],
    statistics.readers.map((reader) => [
      reader.readerName,
      texts.number(reader.seen),
      texts.number(reader.first),
      texts.moment(reader.lastReceivedTime),
    ]),
  );
}

function table(id: string, heads: readonly TextKey[], rows: readonly (readonly string[])[]): void {
  const head = create('tr', '', ...heads.map((key) => create('th', '', texts.text(key))));
  const lines = rows.map((row) => create('tr', '', ...row.map((cell) => create('td', '', cell))));
  const none = create('tr', '', create('td', '', texts.text('none')));
  byId(id).replaceChildren(
    create('thead', '', head),
    create('tbody', '', ...(lines.length > 0 ? lines : [none])),
  );
}

function accept(answer: Answer<Statistics>): void {
  if (answer.kind === 'refused') {
    forget();
    setText(byId('token-error'), texts.text('token-refused'));
    return;
  }
  if (answer.kind === 'ok') known = { statistics: answer.value, at: Date.now() };
  show();
  const seconds = known ? Math.round((Date.now() - known.at) / 1000) : 0;
  setText(byId('problem'), problem(answer, seconds));
}

function problem(answer: Answer<unknown>, seconds: number): string {
  switch (answer.kind) {
    case 'unknown':
      return texts.text('unknown');
    case 'failed':
      return texts.text('failed', { status: answer.status, seconds });
    case 'unreachable':
      return texts.text('unreachable', { seconds });
    default:
      return '';
  }
}

async function refresh(): Promise<void> {
  window.clearTimeout(timer);
  const asked = token;
  if (asked === '') return;
  const answer = await askStatistics(slug, asked);
  if (asked !== token) return;
  accept(answer);
  timer = window.setTimeout(() => void refresh(), periodMs);
}

async function download(): Promise<void> {
  const answer = await askCsv(slug, token);
  if (answer.kind !== 'ok') {
    setText(byId('problem'), problem(answer, 0));
    return;
  }
  const link = create('a', '');
  link.href = URL.createObjectURL(answer.value);
  link.download = `${slug}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function forget(): void {
  token = '';
  known = undefined;
  sessionStorage.removeItem(tokenKey);
  show();
  byId('token').focus();
}

function enter(): void {
  const field = byId<HTMLInputElement>('token');
  token = field.value.trim();
  setText(byId('token-error'), token === '' ? texts.text('token-missing') : '');
  if (token === '') return;
  field.value = '';
  sessionStorage.setItem(tokenKey, token);
  show();
  void refresh();
}

byId('enter').addEventListener('submit', (event) => {
  event.preventDefault();
  enter();
});
byId('leave').addEventListener('click', forget);
byId('csv').addEventListener('click', () => void download());
byId('language').addEventListener('click', () => {
  const language = texts.language === 'fr' ? 'en' : 'fr';
  chooseLanguage(language);
  texts = new CampaignTexts(language);
  translate();
  show();
});
document.addEventListener('visibilitychange', () => {
  // nobody looks at a hidden page
  if (document.hidden) window.clearTimeout(timer);
  else void refresh();
});
translate();
show();
void refresh();
