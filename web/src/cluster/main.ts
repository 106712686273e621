import { chooseLanguage, preferredLanguage } from '../i18n';
import { byId, setText } from '../ui/dom';
import { TokenGate } from '../ui/token-gate';
import { askOverview, type Answer, type Overview } from './overview';
import { ClusterTexts, type TextKey } from './texts';
import { siloItem, summaryOf } from './view';

const periodMs = 2000;

let texts = new ClusterTexts(preferredLanguage());
let known: { readonly overview: Overview; readonly at: number } | undefined;

function translate(): void {
  document.documentElement.lang = texts.language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-cluster-text]')) {
    element.textContent = texts.text(element.dataset['clusterText'] as TextKey);
  }
}

function show(): void {
  gate.show();
  if (!known) return;
  setText(byId('summary'), summaryOf(known.overview, texts));
  byId('silos').replaceChildren(...known.overview.silos.map((silo) => siloItem(silo, texts)));
}

function accept(answer: Answer): void {
  if (answer.kind === 'refused') {
    gate.leave(texts.text('token-refused'));
    return;
  }
  if (answer.kind === 'overview') known = { overview: answer.overview, at: Date.now() };
  show();
  const seconds = known ? Math.round((Date.now() - known.at) / 1000) : 0;
  setText(
    byId('problem'),
    answer.kind === 'overview'
      ? ''
      : answer.kind === 'failed'
        ? texts.text('failed', { status: answer.status, seconds })
        : texts.text('unreachable', { seconds }),
  );
}

const gate = new TokenGate(
  byId('overview'),
  periodMs,
  async (asked) => {
    const answer = await askOverview(asked);
    if (asked === gate.token) accept(answer);
  },
  () => {
    known = undefined;
    byId('silos').replaceChildren();
  },
  () => texts.text('token-missing'),
);
byId('language').addEventListener('click', () => {
  const language = texts.language === 'fr' ? 'en' : 'fr';
  chooseLanguage(language);
  texts = new ClusterTexts(language);
  translate();
  show();
});
translate();
show();
void gate.refresh();
