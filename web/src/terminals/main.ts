import {
  choosePrintLanguage,
  preferredPrintLanguage,
  printLanguages,
  type PrintLanguage,
} from '../printing/language';
import { byId, create, setText } from '../ui/dom';
import { TokenGate } from '../ui/token-gate';
import { StaffApi, type Answer, type Statistics, type Terminal } from './api';
import { barRows, chart } from './chart';
import { terminalItems } from './list';
import { periodQuery, thisMonth } from './period';
import { TerminalsTexts, type TextKey } from './texts';

const periodMs = 3000;

let texts = new TerminalsTexts(preferredPrintLanguage());
let known: { readonly terminals: readonly Terminal[]; readonly at: number } | undefined;
let statistics: Statistics | undefined;
let asked = '';

function translate(): void {
  document.documentElement.lang = texts.language;
  document.title = `Actors · ${texts.text('title')}`;
  for (const element of document.querySelectorAll<HTMLElement>('[data-terminals-text]')) {
    element.textContent = texts.text(element.dataset['terminalsText'] as TextKey);
  }
}

function show(): void {
  gate.show();
  if (known) showTerminals(known.terminals);
  if (statistics) showStatistics(statistics);
}

function showTerminals(terminals: readonly Terminal[]): void {
  // who is about to press a button keeps it
  const text = JSON.stringify([texts.language, terminals]);
  if (text === asked) return;
  asked = text;
  byId('terminals').replaceChildren(
    ...terminalItems(terminals, texts, (terminal, command) => void send(terminal, command)),
  );
}

function showStatistics(shown: Statistics): void {
  const label = (row: { label: string; key: string }) => row.label || row.key || texts.text('nobody');
  const totals = { prints: texts.number(shown.prints), sheets: texts.number(shown.sheets) };
  setText(byId('totals'), texts.text(shown.isCut ? 'cut' : 'totals', totals));
  const bars = barRows(shown.by, shown.rows).map((row) => ({
    label: shown.by === 'day' ? row.key.slice(5) : label(row).slice(0, 9),
    title: texts.text('bar', { label: label(row), sheets: texts.number(row.sheets) }),
    sheets: row.sheets,
  }));
  const room = byId('chart').clientWidth;
  byId('chart').replaceChildren(
    bars.length > 0
      ? chart(bars, room, (value) => texts.number(value))
      : create('p', '', texts.text('nothing')),
  );
  const heads = [texts.text(`by-${shown.by}` as TextKey), texts.text('prints'), texts.text('sheets')];
  const cells = shown.rows.map((row) => [label(row), texts.number(row.prints), texts.number(row.sheets)]);
  byId('rows').replaceChildren(
    create('thead', '', create('tr', '', ...heads.map((head) => create('th', '', head)))),
    create(
      'tbody',
      '',
      ...cells.map((row) => create('tr', '', ...row.map((cell) => create('td', '', cell)))),
    ),
  );
}

function problem(answer: Answer<unknown>): string {
  const seconds = known ? Math.round((Date.now() - known.at) / 1000) : 0;
  if (answer.kind === 'failed') return texts.text('failed', { status: answer.status, seconds });
  return answer.kind === 'unreachable' ? texts.text('unreachable', { seconds }) : '';
}

async function refresh(token: string): Promise<void> {
  const answer = await new StaffApi(token).terminals();
  if (token !== gate.token) return;
  if (answer.kind === 'refused') {
    gate.leave(texts.text('token-refused'));
    return;
  }
  const isFirst = known === undefined;
  if (answer.kind === 'ok') known = { terminals: answer.value, at: Date.now() };
  show();
  setText(byId('problem'), problem(answer));
  if (isFirst && answer.kind === 'ok') await count();
}

async function count(): Promise<void> {
  const query = period();
  setText(byId('statistics-problem'), query ? '' : texts.text('bad-period'));
  if (!query) return;
  const answer = await new StaffApi(gate.token).statistics(query);
  if (answer.kind === 'ok') {
    statistics = answer.value;
    showStatistics(statistics);
  } else if (answer.kind === 'failed' && answer.status === 400) {
    setText(byId('statistics-problem'), texts.text('bad-period'));
  } else {
    setText(byId('statistics-problem'), problem(answer));
  }
}

function period(): URLSearchParams | null {
  const value = (id: string) => byId<HTMLInputElement>(id).value;
  return periodQuery(value('by'), value('from'), value('to'));
}

async function send(terminal: Terminal, command: 'update' | 'reboot'): Promise<void> {
  if (!window.confirm(texts.text(`sure-${command}`, { name: terminal.name }))) return;
  const answer = await new StaffApi(gate.token).command(terminal.id, command);
  setText(byId('problem'), answer.kind === 'ok' ? '' : problem(answer));
  if (answer.kind === 'ok') window.alert(texts.text('sent'));
}

async function pair(): Promise<void> {
  const [code, name] = [byId<HTMLInputElement>('code'), byId<HTMLInputElement>('name')];
  const answer = await new StaffApi(gate.token).pair(code.value.trim(), name.value.trim());
  setText(byId('pair-answer'), pairAnswer(answer, name.value.trim()));
  if (answer.kind === 'ok') code.value = name.value = '';
}

function pairAnswer(answer: Answer<null>, name: string): string {
  if (answer.kind === 'ok') return texts.text('paired', { name });
  if (answer.kind !== 'failed') return problem(answer);
  if (answer.status === 404) return texts.text('pairing-unknown');
  return answer.status === 400
    ? texts.text(byId<HTMLInputElement>('code').value.trim() === '' ? 'pairing-unknown' : 'pairing-name')
    : problem(answer);
}

async function download(): Promise<void> {
  const query = period();
  const answer = query ? await new StaffApi(gate.token).csv(query) : undefined;
  if (answer?.kind !== 'ok') {
    setText(byId('statistics-problem'), answer ? problem(answer) : texts.text('bad-period'));
    return;
  }
  const link = create('a', '');
  link.href = URL.createObjectURL(answer.value);
  link.download = `prints-${query?.get('by') ?? ''}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function nextLanguage(): PrintLanguage {
  return printLanguages[(printLanguages.indexOf(texts.language) + 1) % printLanguages.length] ?? 'en';
}

const gate = new TokenGate(
  byId('inside'),
  periodMs,
  refresh,
  () => {
    known = statistics = undefined;
    asked = '';
  },
  () => texts.text('token-missing'),
);
const month = thisMonth(new Date());
byId<HTMLInputElement>('from').value = month.from;
byId<HTMLInputElement>('to').value = month.to;
byId('period').addEventListener('change', () => void count());
byId('period').addEventListener('submit', (event) => event.preventDefault());
byId('pair').addEventListener('submit', (event) => {
  event.preventDefault();
  void pair();
});
byId('csv').addEventListener('click', () => void download());
byId('language').addEventListener('click', () => {
  const language = nextLanguage();
  choosePrintLanguage(language);
  texts = new TerminalsTexts(language);
  translate();
  show();
});
translate();
show();
void gate.refresh();
