import { openable } from '../shared/push/payload';
import { byId, create, setText } from '../ui/dom';
import { Refusal, type UserApi } from './api';
import type { Notice } from './contracts';
import type { NotificationTexts } from './texts';

/** The list: new ones or all, the newest first. */
export class ListView {
  private onlyNew = true;
  private items: readonly Notice[] = [];
  private unread = 0;
  private cursor: string | null = null;
  private asked = 0;

  constructor(
    private readonly api: UserApi,
    private texts: NotificationTexts,
    private readonly onRefusal: (refusal: Refusal) => void,
  ) {
    byId('show-new').addEventListener('click', () => this.choose(true));
    byId('show-all').addEventListener('click', () => this.choose(false));
    byId('more').addEventListener('click', () => void this.more());
  }

  speak(texts: NotificationTexts): void {
    this.texts = texts;
    this.show();
  }

  /** Asks for as many as are shown. */
  async refresh(): Promise<void> {
    const asked = ++this.asked;
    try {
      const wanted = this.items.length;
      let page = await this.api.list(this.onlyNew, null);
      let items = [...page.items];
      while (items.length < wanted && page.cursor) {
        page = await this.api.list(this.onlyNew, page.cursor);
        items = [...items, ...page.items];
      }
      // an answer that was overtaken shows what is no more
      if (asked !== this.asked) return;
      [this.items, this.unread, this.cursor] = [items, page.unread, page.cursor];
      byId('list').hidden = false;
      this.show();
    } catch (error) {
      this.failed(error);
    }
  }

  private choose(onlyNew: boolean): void {
    [this.onlyNew, this.items] = [onlyNew, []];
    void this.refresh();
  }

  private async more(): Promise<void> {
    try {
      const page = await this.api.list(this.onlyNew, this.cursor);
      const known = new Set(this.items.map((item) => item.id));
      this.items = [...this.items, ...page.items.filter((item) => !known.has(item.id))];
      this.cursor = page.cursor;
      this.show();
    } catch (error) {
      this.failed(error);
    }
  }

  private async mark(notice: Notice, verb: 'ack' | 'forget'): Promise<void> {
    try {
      await this.api.mark(notice.id, verb);
      await this.refresh();
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    if (error instanceof Refusal) this.onRefusal(error);
    else throw error;
  }

  private show(): void {
    document.title =
      this.unread > 0 ? this.texts.text('title-unread', { count: this.unread }) : this.texts.text('title');
    setText(byId('list-title'), this.texts.unread(this.unread));
    byId('show-new').setAttribute('aria-pressed', String(this.onlyNew));
    byId('show-all').setAttribute('aria-pressed', String(!this.onlyNew));
    byId('items').replaceChildren(...this.items.map((notice) => this.row(notice)));
    byId('none').hidden = this.items.length > 0;
    setText(byId('none'), this.texts.text(this.onlyNew ? 'none-new' : 'none-all'));
    byId('more').hidden = this.cursor === null;
  }

  private row(notice: Notice): HTMLElement {
    const row = create('li', 'item');
    row.dataset['new'] = String(!notice.acked);
    if (notice.locale) row.lang = notice.locale;
    const read = notice.acked ? ` · ${this.texts.text('acked')}` : '';
    const meta = create('p', 'meta', `${notice.origin} · ${this.texts.moment(notice.created)}${read}`);
    row.append(create('h3', '', notice.summary), meta);
    if (notice.body) row.append(create('p', '', notice.body));
    const buttons = create('div', 'buttons');
    const url = openable(notice.url, location.origin);
    if (url) {
      const link = create('a', 'button button-quiet', this.texts.text('open'));
      link.href = url;
      buttons.append(link);
    }
    if (!notice.acked) buttons.append(this.button('ack', notice));
    buttons.append(this.button('forget', notice));
    row.append(buttons);
    return row;
  }

  private button(verb: 'ack' | 'forget', notice: Notice): HTMLElement {
    const button = create('button', 'button button-quiet', this.texts.text(verb));
    button.type = 'button';
    button.setAttribute('aria-label', `${this.texts.text(verb)}: ${notice.summary}`);
    button.addEventListener('click', () => void this.mark(notice, verb));
    return button;
  }
}
