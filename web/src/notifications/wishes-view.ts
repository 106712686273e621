import { byId, setText } from '../ui/dom';
import { Refusal, type UserApi } from './api';
import type { Wishes } from './contracts';
import type { NotificationTexts } from './texts';

/** What the person wrote, as the server takes it. */
export function wishesOf(
  isQuiet: boolean,
  from: string,
  to: string,
  timeZone: string,
  muted: string,
): Wishes {
  const origins = muted.split(',').map((origin) => origin.trim());
  return {
    mutedOrigins: [...new Set(origins.filter((origin) => origin !== ''))],
    quiet: isQuiet ? { from, to, timeZone } : null,
  };
}

/** When the person wants to be told, and of what. */
export class WishesView {
  private readonly zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  constructor(
    private readonly api: UserApi,
    private texts: NotificationTexts,
    private readonly onRefusal: (refusal: Refusal) => void,
    private readonly onSaved: () => void,
  ) {
    byId('quiet').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.save();
    });
  }

  speak(texts: NotificationTexts): void {
    this.texts = texts;
    const help = byId('quiet').querySelector<HTMLElement>('[data-notification-text="quiet-help"]');
    if (help) setText(help, texts.text('quiet-help', { zone: this.zone }));
  }

  async refresh(): Promise<void> {
    try {
      const { mutedOrigins, quiet } = await this.api.wishes();
      this.field('quiet-on').checked = quiet !== null;
      if (quiet) [this.field('quiet-from').value, this.field('quiet-to').value] = [quiet.from, quiet.to];
      this.field('muted').value = mutedOrigins.join(', ');
      byId('wishes').hidden = false;
      this.speak(this.texts);
    } catch (error) {
      this.failed(error);
    }
  }

  private async save(): Promise<void> {
    const [from, to] = [this.field('quiet-from').value, this.field('quiet-to').value];
    try {
      await this.api.wish(
        wishesOf(this.field('quiet-on').checked, from, to, this.zone, this.field('muted').value),
      );
      this.onSaved();
    } catch (error) {
      this.failed(error);
    }
  }

  private field(id: string): HTMLInputElement {
    return byId<HTMLInputElement>(id);
  }

  private failed(error: unknown): void {
    if (error instanceof Refusal) this.onRefusal(error);
    else throw error;
  }
}
