import type { PrintConfiguration } from '../printing/jobs';
import { preferredPrintLanguage, printLanguages, type PrintLanguage } from '../printing/language';
import { LanguageButtons } from '../printing/languages';
import { byId, create, setText } from '../ui/dom';
import { PrintFailure, type JobFile } from './contracts';
import { codeOf, TerminalHub, type Connection } from './hub';
import { Idle } from './idle';
import { askName, forgetIdentity, printerOf, saveIdentity, takeIdentity, type Identity } from './identity';
import { JobQueue } from './job-queue';
import { PrintedJobs } from './memory';
import { pair } from './pairing';
import { Paper } from './paper';
import { PinView } from './pin-view';
import { printJob, type Outlet } from './printer';
import { QrView } from './qr-view';
import { StatusView } from './status-view';
import { TerminalTexts, type TextKey } from './texts';
import { Tray } from './tray';

const languageMs = 60_000;
const retryMs = 5_000;
/** What deploy/kiosk looks for in the page's title. */
const rebootTitle = 'actors:reboot';
const rebootPatienceMs = 60_000;

const ownLanguage = preferredPrintLanguage();
let texts = new TerminalTexts(ownLanguage);
let connection: Connection = 'connecting';
let name = '';
let pin: PinView | undefined;
const status = new StatusView(() => texts);
const qr = new QrView(byId('qr'), document.querySelector<SVGElement>('#ring')!);
const languages = new LanguageButtons(byId('languages'), '', speak);
const language = new Idle(languageMs, () => speak(ownLanguage));

function speak(spoken: PrintLanguage): void {
  texts = new TerminalTexts(spoken);
  render();
}

function render(): void {
  document.documentElement.lang = texts.language;
  languages.show(texts.language);
  for (const element of document.querySelectorAll<HTMLElement>('[data-terminal-text]')) {
    element.textContent = texts.text(element.dataset['terminalText'] as TextKey);
  }
  setText(byId('name'), name === '' ? texts.text('title') : name);
  setText(byId('scan-help'), texts.text('scan-help', { address: `${location.host}/print` }));
  setText(byId('connection'), texts.text(connection));
  byId('connection').dataset['state'] = connection;
  byId('languages').setAttribute('aria-label', texts.text('language'));
  pin?.render();
  status.render();
}

async function askConfiguration(): Promise<PrintConfiguration> {
  for (;;) {
    try {
      const answer = await fetch('/api/print/configuration', { cache: 'no-store' });
      if (answer.ok) return (await answer.json()) as PrintConfiguration;
    } catch {
      // the server comes back
    }
    await new Promise((resolve) => window.setTimeout(resolve, retryMs));
  }
}

function serve(identity: Identity, configuration: PrintConfiguration): void {
  byId('service').hidden = false;
  byId('tray').hidden = !identity.simulate;
  const outlet: Outlet = identity.simulate
    ? new Tray(byId('tray-sheets'))
    : new Paper(byId('paper'), identity.duplex);
  const queue = new JobQueue(
    {
      acknowledge: (id) => hub.acknowledge(id),
      report: (report) => {
        reason = report.reason ?? '';
        hub.report(report);
      },
      obey: ({ command }) => (command === 'reboot' ? reboot() : location.reload()),
      print: (job, onSheet) =>
        printJob(job, (file) => fetchFile(configuration.prefix, identity.token, file), outlet, onSheet),
      show: (shown) => {
        pin?.say(null);
        status.show(shown, reason);
      },
      startAgain: async () => {
        await hub.reported();
        location.reload();
        // what waits comes again to the page that follows
        await new Promise(() => {});
      },
    },
    new PrintedJobs(),
  );
  let reason = '';
  const hub = new TerminalHub(identity.token, {
    onToken: (token) => qr.show(token),
    onJob: (job) => queue.addJob(job),
    onCommand: (command) => queue.addCommand(command),
    onCancelled: (id) => queue.cancel(id),
    onConnection: (now) => {
      connection = now;
      if (now !== 'connected') {
        qr.hide();
        queue.clear();
      }
      render();
    },
    onRefused: () => {
      forgetIdentity();
      location.reload();
    },
  });
  pin = new PinView(
    configuration,
    () => texts,
    (typed) => void printByPin(hub, typed),
  );
  hub.start();
}

async function printByPin(hub: TerminalHub, typed: string): Promise<void> {
  pin?.say('asking');
  try {
    await hub.print(typed);
    pin?.clear();
    pin?.say('accepted');
  } catch (error) {
    const code = codeOf(error).replace('files_unknown', 'pin_unknown');
    pin?.say(texts.knows(code) ? code : 'refused');
  }
}

async function fetchFile(prefix: string, token: string, { filename }: JobFile): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(`${prefix}/static/${encodeURIComponent(filename)}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      if (answer.status < 500 && answer.status !== 429) throw new PrintFailure('file-missing');
    } catch (error) {
      if (error instanceof PrintFailure) throw error;
    }
    if (attempt === 5) throw new PrintFailure('file-missing');
    await new Promise((resolve) => window.setTimeout(resolve, attempt * 1_000));
  }
}

/** A page cannot restart a machine: the launcher beside it sees the title and does. */
function reboot(): void {
  document.title = rebootTitle;
  setText(byId('connection'), texts.text('rebooting'));
  window.setTimeout(() => location.reload(), rebootPatienceMs);
}

async function becomeTerminal(printer: Pick<Identity, 'simulate' | 'duplex'>): Promise<Identity> {
  byId('pairing').hidden = false;
  const { token, name: given } = await pair((code) => {
    setText(byId('pairing-code'), code ?? '· · ·');
    const key = code === null ? 'pair-offline' : 'pair';
    byId('pairing-words').replaceChildren(
      ...printLanguages.map((spoken) => {
        const words = create(
          'p',
          '',
          new TerminalTexts(spoken).text(key, { address: `${location.host}/terminals` }),
        );
        words.lang = spoken;
        return words;
      }),
    );
  });
  const identity = { token, name: given, ...printer };
  saveIdentity(identity);
  byId('pairing').hidden = true;
  return identity;
}

async function run(): Promise<void> {
  render();
  const printer = printerOf(location.hash);
  const identity = takeIdentity() ?? (await becomeTerminal(printer));
  name = identity.name;
  render();
  const configuration = await askConfiguration();
  serve(identity, configuration);
  if (name === '') {
    name = await askName(identity.token);
    if (name !== '') saveIdentity({ ...identity, name });
    render();
  }
}

for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, () => language.touched());
document.title = 'Actors';
void run();
