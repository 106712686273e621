import { byId } from '../../ui/dom';

export type Mode = 'scan' | 'code' | 'search';

const modes: readonly Mode[] = ['scan', 'code', 'search'];

export class Tabs {
  constructor(private readonly onMode: (mode: Mode) => void) {
    for (const mode of modes) {
      const tab = byId(`tab-${mode}`);
      tab.addEventListener('click', () => this.select(mode));
      tab.addEventListener('keydown', (event) => this.move(event, mode));
    }
    this.select('scan');
  }

  select(mode: Mode): void {
    for (const other of modes) {
      const isSelected = other === mode;
      byId(`tab-${other}`).setAttribute('aria-selected', String(isSelected));
      byId(`tab-${other}`).tabIndex = isSelected ? 0 : -1;
      byId(`panel-${other}`).hidden = !isSelected;
    }
    this.onMode(mode);
  }

  private move(event: KeyboardEvent, mode: Mode): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = modes[(modes.indexOf(mode) + step + modes.length) % modes.length]!;
    this.select(next);
    byId(`tab-${next}`).focus();
  }
}
