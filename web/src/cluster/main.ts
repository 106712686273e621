import { chooseLanguage, preferredLanguage } from '../i18n';
import { byId, setText } from '../ui/dom';
import { askOverview, type Answer, type Overview } from './overview';
import { ClusterTexts, type TextKey } from './texts';
import { siloItem, summaryOf } from './view';

const tokenKey = 'actors.token';
const periodMs = 2000;

let texts = new ClusterTexts(preferredLanguage());
let token = sessionStorage.getItem(tokenKey) ?? '';
let known: { readonly overview: Overview; readonly at: number } | undefined;
let timer: number | undefined;

function translate(): void {
  document.documentElement.lang = texts.language;
  for (const element of document.querySelectorAll<HTMLElement>('[data-cluster-text]')) {
    element.textContent = texts.text(element.dataset['clusterText'] as TextKey);
  }
}

function show(): void {
  byId('enter').hidden = token !== '';
  byId('overview').hidden = token === '';
  byId('leave').hidden = token === '';
  if (!known) return;
  setText(byId('summary'), summaryOf(known.overview, texts));
  byId('silos').replaceChildren(...known.overview.silos.map((silo) => siloItem(silo, texts)));
}

function accept(answer: Answer): void {
  if (answer.kind === 'refused') {
    forget();
    setText(byId('token-error'), texts.text('token-refused'));
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

async function refresh(): Promise<void> {
  window.clearTimeout(timer);
  const asked = token;
  if (asked === '') return;
  const answer = await askOverview(asked);
  if (asked !== token) return;
  accept(answer);
  timer = window.setTimeout(() => void refresh(), periodMs);
}

function forget(): void {
  token = '';
  known = undefined;
  sessionStorage.removeItem(tokenKey);
  byId('silos').replaceChildren();
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
byId('language').addEventListener('click', () => {
  const language = texts.language === 'fr' ? 'en' : 'fr';
  chooseLanguage(language);
  texts = new ClusterTexts(language);
  translate();
  show();
});
document.addEventListener('visibilitychange', () => {
  // nobody looks at a hidden page: the silos are not asked for it
  if (document.hidden) window.clearTimeout(timer);
  else void refresh();
});
translate();
show();
void refresh();
