import type { MessageKey, Translator } from '../../i18n';
import { byId, create } from '../../ui/dom';

export type NoticeId =
  | 'install'
  | 'update'
  | 'offline-ready'
  | 'eviction'
  | 'evicted'
  | 'refused'
  | 'database'
  | 'conflict'
  | 'undone'
  | 'full';

export interface Notice {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: MessageKey;
  readonly values?: Readonly<Record<string, string>>;
  readonly actions: readonly { readonly label: MessageKey; readonly run: () => void }[];
}

const order: readonly NoticeId[] = [
  'database',
  'refused',
  'full',
  'undone',
  'evicted',
  'conflict',
  'eviction',
  'update',
  'install',
  'offline-ready',
];

/** Sentences above the camera, the gravest first, at most two at a time and one hint: the camera is what the page is for. */
export class Notices {
  private readonly root = byId('notices');
  private readonly shown = new Map<NoticeId, Notice>();

  constructor(private readonly translator: () => Translator) {}

  show(id: NoticeId, notice: Notice): void {
    this.shown.set(id, notice);
    this.render();
  }

  hide(id: NoticeId): void {
    if (this.shown.delete(id)) this.render();
  }

  render(): void {
    const all = order.filter((id) => this.shown.has(id));
    const hint = all.find((id) => this.shown.get(id)!.level === 'info');
    const visible = all.filter((id) => id === hint || this.shown.get(id)!.level !== 'info').slice(0, 2);
    this.root.replaceChildren(...visible.map((id) => this.build(id, this.shown.get(id)!)));
  }

  private build(id: NoticeId, notice: Notice): HTMLElement {
    const translator = this.translator();
    const buttons = notice.actions.map(({ label, run }) => {
      const button = create('button', 'notice-action', translator.text(label));
      button.type = 'button';
      button.addEventListener('click', run);
      return button;
    });
    const text = create('p', 'notice-text', translator.text(notice.text, notice.values));
    const element = create('div', 'notice', text, ...buttons);
    element.dataset['level'] = notice.level;
    element.dataset['notice'] = id;
    return element;
  }
}
