import { byId, create, setText } from '../ui/dom';
import { Refusal, type UserApi } from './api';
import type { Delivery, Device } from './contracts';
import type { NotificationTexts, TextKey } from './texts';

const pollMs = 500;
const polls = 40;

/** What a test came to, as a text. */
export function outcomeOf(delivery: Delivery | undefined): TextKey {
  if (!delivery) return 'test-pending';
  return delivery.shown !== null ? 'test-shown' : (`test-${delivery.state}` as const);
}

/** The user's devices. */
export class DevicesView {
  private devices: readonly Device[] = [];
  private own: string | null = null;
  private readonly said = new Map<string, string>();

  constructor(
    private readonly api: UserApi,
    private texts: NotificationTexts,
    private readonly onRefusal: (refusal: Refusal) => void,
    private readonly onRemoved: (device: string | null) => void,
  ) {
    byId('remove-all').addEventListener('click', () => {
      if (window.confirm(this.texts.text('remove-all-sure')))
        void this.removed(null, () => this.api.removeAll());
    });
  }

  speak(texts: NotificationTexts): void {
    this.texts = texts;
    this.show();
  }

  /** @param own the device that this browser is, or null */
  async refresh(own: string | null): Promise<void> {
    await this.quietly(async () => {
      this.own = own;
      this.devices = await this.api.devices();
      byId('devices').hidden = false;
      this.show();
    });
  }

  private show(): void {
    byId('device-items').replaceChildren(...this.devices.map((device) => this.row(device)));
    byId('no-devices').hidden = this.devices.length > 0;
    byId('remove-all').hidden = this.devices.length < 2;
  }

  private row(device: Device): HTMLElement {
    const own = device.id === this.own ? ` (${this.texts.text('this-device')})` : '';
    const row = create('li', 'item', create('h3', '', `${device.name ?? device.label}${own}`));
    row.dataset['device'] = device.id;
    row.append(create('p', 'meta', this.meta(device)));
    const buttons = create('div', 'buttons');
    buttons.append(
      this.button(device, 'test', () => this.test(device)),
      this.button(device, 'rename', () => this.rename(device)),
      this.button(device, device.on ? 'pause' : 'resume', () => this.change(device, { on: !device.on })),
      this.button(device, 'remove', () => this.removed(device.id, () => this.api.remove(device.id))),
    );
    const said = create('p', 'help', this.said.get(device.id) ?? '');
    said.setAttribute('role', 'status');
    row.append(buttons, said);
    return row;
  }

  private meta(device: Device): string {
    const parts = [
      device.name === null ? null : device.label,
      device.lastSuccess === null
        ? this.texts.text('device-never')
        : this.texts.text('device-last', { moment: this.texts.moment(device.lastSuccess) }),
      device.on ? null : this.texts.text('device-off'),
      device.strikes === 0
        ? null
        : this.texts.text('device-strikes', { count: device.strikes, status: device.lastStatus ?? 0 }),
    ];
    return parts.filter((part) => part !== null).join(' · ');
  }

  private button(device: Device, key: TextKey, act: () => Promise<void>): HTMLElement {
    const button = create('button', 'button button-quiet', this.texts.text(key));
    button.type = 'button';
    button.disabled = key === 'test' && !device.on;
    button.setAttribute('aria-label', `${this.texts.text(key)}: ${device.name ?? device.label}`);
    button.addEventListener('click', () => void act());
    return button;
  }

  private async rename(device: Device): Promise<void> {
    const name = window.prompt(this.texts.text('device-name'), device.name ?? device.label);
    if (name !== null) await this.change(device, { name: name.slice(0, 100) });
  }

  private change(device: Device, change: { name?: string; on?: boolean }): Promise<void> {
    return this.quietly(async () => {
      await this.api.change(device.id, change);
      await this.refresh(this.own);
    });
  }

  private removed(device: string | null, remove: () => Promise<unknown>): Promise<void> {
    return this.quietly(async () => {
      await remove();
      this.onRemoved(device);
    });
  }

  /** Says how the test goes until it is known. */
  private async test(device: Device): Promise<void> {
    try {
      const id = await this.api.test(device.id);
      this.say(device, 'test-pending', null);
      for (let i = 0; i < polls; i++) {
        const delivery = await this.api.delivery(id, device.id);
        const outcome = outcomeOf(delivery);
        this.say(device, outcome, delivery?.lastStatus ?? null);
        if (outcome === 'test-shown' || outcome === 'test-failed' || outcome === 'test-expired') break;
        if (outcome === 'test-gone') break;
        await new Promise((resolve) => window.setTimeout(resolve, pollMs));
      }
      await this.refresh(this.own);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'too_often') this.say(device, 'test-refused', null);
      else this.failed(error);
    }
  }

  private say(device: Device, key: TextKey, status: number | null): void {
    this.said.set(device.id, this.texts.text(key, { status: status ?? 0 }));
    const row = byId('device-items').querySelector<HTMLElement>(`[data-device="${CSS.escape(device.id)}"]`);
    const words = row?.querySelector<HTMLElement>('.help');
    if (words) setText(words, this.said.get(device.id) ?? '');
  }

  private async quietly(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    if (error instanceof Refusal) this.onRefusal(error);
    else throw error;
  }
}
