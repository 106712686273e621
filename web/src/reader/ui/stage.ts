import type { MessageKey, Translator } from '../../i18n';
import { byId, setText, useIcon } from '../../ui/dom';
import { Camera, CameraError } from '../../camera/camera';
import { createDecoder, type Decoder } from '../../camera/decoder';
import { ScanLoop } from '../../camera/scan-loop';
import type { Feedback } from '../feedback';
import { keepAwake, letSleep } from '../wake-lock';

/** An answer usually comes sooner; one that does not is announced. */
const slowMs = 400;

/** The camera picture and its buttons. */
export class Stage {
  private readonly root = byId('panel-scan');
  private readonly video = byId<HTMLVideoElement>('video');
  private readonly message = byId('camera-message');
  private readonly hint = byId('stage-hint');
  private readonly torch = byId<HTMLButtonElement>('torch');
  private readonly camera = new Camera(this.video, () => this.stop());
  private decoder: Promise<Decoder> | null = null;
  private loop: ScanLoop | null = null;
  private starting = false;
  private slowTimer = 0;

  constructor(
    private readonly translator: () => Translator,
    private readonly feedback: Feedback,
    private readonly onCode: (text: string) => void,
    private readonly onStartedByHand: () => void,
  ) {
    byId('start').addEventListener('click', () => {
      this.feedback.unlock();
      void this.start().then(() => this.onStartedByHand());
    });
    byId('stop').addEventListener('click', () => {
      this.stop();
      byId('start').focus();
    });
    byId('switch').addEventListener('click', () => void this.attempt(() => this.camera.next()));
    byId('sound').addEventListener('click', () => this.toggleSound());
    this.torch.addEventListener('click', () => void this.toggleTorch());
  }

  get isOn(): boolean {
    return this.camera.isOn;
  }

  /** Starts without a touch where the camera was allowed before. */
  async startIfAllowed(): Promise<void> {
    try {
      const permission = await navigator.permissions.query({ name: 'camera' });
      if (permission.state === 'granted') await this.start();
    } catch {
      // browsers without this permission's name wait for the button
    }
  }

  async start(): Promise<void> {
    await this.attempt(() => this.camera.start());
  }

  stop(): void {
    this.loop?.stop();
    this.camera.stop();
    void letSleep();
    this.render();
  }

  /** While the page or the tab is out of sight. */
  pause(): void {
    this.loop?.stop();
  }

  resume(): void {
    if (!this.camera.isOn) return;
    this.loop?.start();
    void keepAwake();
  }

  setBusy(busy: boolean): void {
    this.root.dataset['busy'] = String(busy);
    self.clearTimeout(this.slowTimer);
    if (busy)
      this.slowTimer = self.setTimeout(
        () => setText(this.hint, this.translator().text('scan.checking')),
        slowMs,
      );
    else this.showHint();
  }

  render(): void {
    const translator = this.translator();
    this.root.dataset['camera'] = this.starting ? 'starting' : this.camera.isOn ? 'on' : 'off';
    byId('stage-tools').hidden = !this.camera.isOn;
    this.showHint();
    const isLit = this.torch.getAttribute('aria-pressed') === 'true';
    label(this.torch, translator.text(isLit ? 'scan.torch-off' : 'scan.torch-on'));
    const { soundOn } = this.feedback;
    label(byId('sound'), translator.text(soundOn ? 'scan.sound-off' : 'scan.sound-on'));
    byId('sound').setAttribute('aria-pressed', String(soundOn));
    useIcon(document.getElementById('sound-icon')!, soundOn ? 'sound' : 'mute');
  }

  private showHint(): void {
    setText(this.hint, this.camera.isOn ? this.translator().text('scan.hint') : '');
  }

  private async attempt(start: () => Promise<void>): Promise<void> {
    if (this.starting) return;
    this.starting = true;
    this.loop?.stop();
    setText(this.message, this.translator().text('camera.starting'));
    this.root.dataset['camera'] = 'starting';
    try {
      const decoder = (this.decoder ??= createDecoder());
      // it loads while the camera starts; its failure is told below
      decoder.catch(() => {});
      await start();
      this.loop ??= new ScanLoop(this.video, await decoder, this.onCode);
      setText(this.message, '');
      this.loop.start();
      this.torch.hidden = !this.camera.hasTorch;
      this.torch.setAttribute('aria-pressed', 'false');
      byId('switch').hidden = !(await this.camera.canSwitch());
      void keepAwake();
    } catch (error) {
      this.decoder = null;
      this.camera.stop();
      setText(this.message, this.explain(error));
    } finally {
      this.starting = false;
      this.render();
    }
  }

  private explain(error: unknown): string {
    const trouble = error instanceof CameraError ? error.trouble : 'failed';
    const reason = error instanceof Error ? error.message : String(error);
    return this.translator().text(`camera.${trouble}` satisfies MessageKey, { reason });
  }

  private async toggleTorch(): Promise<void> {
    const lit = this.torch.getAttribute('aria-pressed') !== 'true';
    try {
      await this.camera.setTorch(lit);
      this.torch.setAttribute('aria-pressed', String(lit));
    } catch {
      // the camera promised a light and has none
      this.torch.hidden = true;
    }
    this.render();
  }

  private toggleSound(): void {
    this.feedback.soundOn = !this.feedback.soundOn;
    this.render();
  }
}

function label(element: HTMLElement, text: string): void {
  element.setAttribute('aria-label', text);
  element.title = text;
}
