import type { Translator } from '../../i18n';
import { byId, setText } from '../../ui/dom';
import { KioskLock } from '../kiosk-lock';

/** Locks the page for a reader that stands alone, and unlocks it by its code. */
export class Kiosk {
  private readonly dialog = byId<HTMLDialogElement>('kiosk-dialog');
  private readonly button = byId<HTMLButtonElement>('kiosk');
  private readonly field = byId<HTMLInputElement>('kiosk-code');

  constructor(
    private readonly translator: () => Translator,
    private readonly onChange: (isLocked: boolean) => void,
    private readonly lock = new KioskLock(),
  ) {
    this.button.addEventListener('click', () => this.open());
    byId('kiosk-cancel').addEventListener('click', () => this.dialog.close());
    byId('kiosk-form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.submit();
    });
  }

  get isLocked(): boolean {
    return this.lock.isLocked;
  }

  render(): void {
    const { isLocked } = this.lock;
    const translator = this.translator();
    document.body.dataset['kiosk'] = String(isLocked);
    const label = translator.text(isLocked ? 'kiosk.unlock' : 'kiosk.lock');
    this.button.setAttribute('aria-label', label);
    this.button.title = label;
    setText(byId('kiosk-title'), label);
    setText(byId('kiosk-submit'), translator.text(isLocked ? 'kiosk.unlock' : 'kiosk.start'));
    byId('kiosk-text').hidden = isLocked;
    this.onChange(isLocked);
  }

  private open(): void {
    this.render();
    this.field.value = '';
    setText(byId('kiosk-error'), '');
    this.dialog.showModal();
    this.field.focus();
  }

  private async submit(): Promise<void> {
    const error = await (this.lock.isLocked ? this.unlock() : this.start());
    setText(byId('kiosk-error'), error);
    this.field.value = '';
    if (error) return;
    this.dialog.close();
    this.render();
  }

  private async start(): Promise<string> {
    return (await this.lock.lock(this.field.value)) ? '' : this.translator().text('kiosk.short');
  }

  private async unlock(): Promise<string> {
    const result = await this.lock.unlock(this.field.value);
    if (result === 'unlocked') return '';
    if (result === 'wrong') return this.translator().text('kiosk.wrong');
    return this.translator().text('kiosk.wait', { seconds: result.waitSeconds });
  }
}
