import { create } from '../ui/dom';
import type { Terminal, TerminalJob } from './api';
import type { TerminalsTexts, TextKey } from './texts';

const shownJobs = 5;

/** The terminals, each with its commands. */
export function terminalItems(
  terminals: readonly Terminal[],
  texts: TerminalsTexts,
  onCommand: (terminal: Terminal, command: 'update' | 'reboot') => void,
): HTMLElement[] {
  if (terminals.length === 0) return [create('li', 'card', create('p', '', texts.text('none')))];
  return terminals.map((terminal) => {
    const presence = create('span', 'presence', presenceText(terminal, texts));
    presence.dataset['connected'] = String(terminal.connected);
    const buttons = (['update', 'reboot'] as const).map((command) => {
      const button = create('button', 'button', texts.text(command));
      button.type = 'button';
      button.addEventListener('click', () => onCommand(terminal, command));
      return button;
    });
    const jobs = terminal.jobs.slice(0, shownJobs).map((job) => create('li', '', jobText(job, texts)));
    const waiting = texts.text('waiting', { count: texts.number(terminal.waiting) });
    return create(
      'li',
      'card terminal',
      create('h2', '', terminal.name, presence),
      ...(terminal.waiting > 0 ? [create('p', '', waiting)] : []),
      ...(jobs.length > 0 ? [create('ul', 'jobs', ...jobs)] : []),
      create('div', 'commands', ...buttons),
    );
  });
}

function presenceText(terminal: Terminal, texts: TerminalsTexts): string {
  if (terminal.connected) return texts.text('connected');
  return terminal.seenAt ? texts.text('away', { time: texts.moment(terminal.seenAt) }) : texts.text('never');
}

function jobText(job: TerminalJob, texts: TerminalsTexts): string {
  const state = texts.text(`state-${job.state}` as TextKey);
  const reason = job.reason ? ` (${job.reason})` : '';
  const time = texts.moment(job.queuedAt);
  return texts.text('job', { time, sheets: texts.number(job.sheets), state: state + reason });
}
