import { byId, setText } from '../ui/dom';
import type { Problem } from './problems';
import { scannedCode, typedCode } from './qr-code';
import type { Scanner } from './scanner';
import type { PrintTexts } from './texts';

/** Asks for the terminal's code: by the camera, or typed. */
export class PrintDialog {
  private readonly dialog = byId<HTMLDialogElement>('print-dialog');
  private readonly code = byId<HTMLInputElement>('code');
  private readonly video = byId<HTMLVideoElement>('video');
  private isBusy = false;
  private given = '';
  private scanner: Scanner | null = null;
  private opened = 0;

  /** @param print prints by a code; gives what is wrong, or null. */
  constructor(
    private readonly prefix: string,
    private readonly texts: () => PrintTexts,
    private readonly print: (code: string) => Promise<Problem | null>,
  ) {
    byId('print-form').addEventListener('submit', (event) => {
      event.preventDefault();
      // what came by a link goes as it is
      const isGiven = this.code.value !== '' && this.code.value === this.given;
      const code = isGiven ? this.given : typedCode(this.code.value, this.prefix);
      if (code === '') this.tell(this.texts().text('code-missing'));
      else void this.send(code);
    });
    byId('print-close').addEventListener('click', () => this.dialog.close());
    this.dialog.addEventListener('close', () => this.stopCamera());
    document.addEventListener('visibilitychange', () => {
      // nobody sees the picture: the camera's light goes out
      if (document.hidden) this.stopCamera();
      else if (this.dialog.open) void this.startCamera();
    });
  }

  /** @param code known already, by a link; empty when it has to be scanned. */
  open(code: string): void {
    this.tell('');
    this.code.value = this.given = code;
    this.dialog.showModal();
    if (code === '') void this.startCamera();
  }

  private async startCamera(): Promise<void> {
    this.stopCamera();
    const opened = this.opened;
    this.showCamera(true, '');
    const { scan } = await import('./scanner');
    const onCode = (text: string) => void this.send(scannedCode(text));
    const onEnded = () => this.stopCamera('failed');
    const result = await scan(this.video, onCode, onEnded);
    if (typeof result === 'string') {
      if (opened === this.opened) this.stopCamera(result);
    } else if (opened === this.opened) {
      this.scanner = result;
    } else {
      result.stop();
    }
  }

  private stopCamera(trouble?: 'denied' | 'missing' | 'busy' | 'failed'): void {
    this.opened++;
    this.scanner?.stop();
    this.scanner = null;
    this.showCamera(false, trouble ? this.texts().text(`camera-${trouble}`) : '');
  }

  private showCamera(isOn: boolean, trouble: string): void {
    byId('scan').hidden = !isOn;
    setText(byId('camera-problem'), trouble);
    setText(byId('code-label'), this.texts().text(isOn ? 'code' : 'code-only'));
  }

  private async send(code: string): Promise<void> {
    if (this.isBusy || !this.dialog.open) return;
    this.isBusy = true;
    this.tell('');
    const refused = await this.print(code);
    this.isBusy = false;
    if (refused) this.tell(this.texts().text(refused.key, refused.values));
    else this.dialog.close();
  }

  private tell(words: string): void {
    setText(byId('print-problem'), words);
  }
}
