import { chooseLanguage, preferredLanguage } from '../i18n';
import { byId, create, setText } from '../ui/dom';
import { TokenGate } from '../ui/token-gate';
import { chart, lastDay } from './chart';
import { askCsv, askStatistics, type Answer, type Statistics } from './statistics';
import { CampaignTexts, type TextKey } from './texts';

const periodMs = 3000;

const slug = decodeURIComponent(location.pathname.split('/')[2] ?? '');
let texts = new CampaignTexts(preferredLanguage());
let known: { readonly statistics: Statistics; readonly at: number } | undefined;

function translate(): void {
  document.documentElement.lang = texts.language;
  document.title = texts.text('title', { slug });
  setText(byId('title'), texts.text('title', { slug }));
  for (const element of document.querySelectorAll<HTMLElement>('[data-campaign-text]')) {
    element.textContent = texts.text(element.dataset['campaignText'] as TextKey);
  }
}

function show(): void {
  gate.show();
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
    gate.leave(texts.text('token-refused'));
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

async function download(): Promise<void> {
  const answer = await askCsv(slug, gate.token);
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

const gate = new TokenGate(
  byId('statistics'),
  periodMs,
  async (asked) => {
    const answer = await askStatistics(slug, asked);
    if (asked === gate.token) accept(answer);
  },
  () => {
    known = undefined;
  },
  () => texts.text('token-missing'),
);
byId('csv').addEventListener('click', () => void download());
byId('language').addEventListener('click', () => {
  const language = texts.language === 'fr' ? 'en' : 'fr';
  chooseLanguage(language);
  texts = new CampaignTexts(language);
  translate();
  show();
});
translate();
show();
void gate.refresh();
