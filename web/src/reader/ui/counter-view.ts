import type { Translator } from '../../i18n';
import type { KnownCounters } from '../../shared/db/counters';
import type { HeardReader } from '../../shared/tally/heard';
import { byId, create, setText } from '../../ui/dom';

/** Numbers as old as this say so. */
const freshSeconds = 60;
/** A door that is silent as long as this may be cut off. */
const silentSeconds = 300;

/** Who is inside, always in sight; touched, by gate. */
export class CounterView {
  private readonly button = byId<HTMLButtonElement>('counter');
  private readonly dialog = byId<HTMLDialogElement>('counter-dialog');
  private counters: KnownCounters | null = null;
  private wasFull = false;

  constructor(
    private readonly translator: () => Translator,
    private readonly heard: () => Promise<readonly HeardReader[]>,
    private readonly refreshContacts: () => Promise<boolean>,
    private readonly onFull: (isFull: boolean, counters: KnownCounters) => void,
  ) {
    this.button.addEventListener('click', () => {
      this.renderDialog();
      void this.openReaders();
      this.dialog.showModal();
    });
    byId('counter-close').addEventListener('click', () => this.dialog.close());
  }

  show(counters: KnownCounters | null, nowSeconds: number): void {
    this.counters = counters;
    this.button.hidden = counters === null || (counters.limit === null && counters.entries === 0);
    if (!counters) return;
    setText(byId('counter-text'), insideText(counters, nowSeconds, this.translator()));
    const full = isFull(counters);
    this.button.dataset['full'] = String(full);
    if (full !== this.wasFull) this.onFull(full, counters);
    this.wasFull = full;
    if (this.dialog.open) this.renderDialog();
  }

  /** What is known at once, and then what the server says. */
  private async openReaders(): Promise<void> {
    await this.renderReaders();
    if (await this.refreshContacts()) await this.renderReaders();
  }

  private async renderReaders(): Promise<void> {
    const readers = await this.heard();
    const translator = this.translator();
    const now = Date.now() / 1000;
    const ago = (time: number) => translator.ago(Math.max(0, now - time));
    const rows = readers.flatMap(({ name, at, scan }) => {
      const age = Math.max(0, now - at);
      const contact = translator.text('counter.reader-contact', { ago: ago(at) });
      const last = scan === null ? '' : translator.text('counter.reader-scan', { ago: ago(scan) });
      const when = create('dd', '', last ? `${contact} · ${last}` : contact);
      when.dataset['silent'] = String(age > silentSeconds);
      return [create('dt', '', name), when];
    });
    byId('counter-readers').replaceChildren(
      ...(rows.length > 0 ? rows : [create('dd', '', translator.text('counter.reader-none'))]),
    );
  }

  private renderDialog(): void {
    const translator = this.translator();
    const { counters } = this;
    if (!counters) return;
    const number = new Intl.NumberFormat(translator.language);
    const totals = (entries: number, exits: number) =>
      translator.text('counter.totals', { entries: number.format(entries), exits: number.format(exits) });
    const age = Math.max(0, Date.now() / 1000 - counters.heardAt);
    byId('counter-body').replaceChildren(
      create('p', 'counter-inside', insideText({ ...counters, heardAt: Infinity }, 0, translator)),
      create('p', '', totals(counters.entries, counters.exits)),
      create('p', 'counter-age', translator.text('counter.heard', { ago: translator.ago(age) })),
      counters.gates.length === 0
        ? create('p', '', translator.text('counter.none'))
        : create(
            'dl',
            'counter-gates',
            ...counters.gates.flatMap(({ gate, entries, exits }) => [
              create('dt', '', gate),
              create('dd', '', totals(entries, exits)),
            ]),
          ),
    );
  }
}

export const isFull = ({ inside, limit }: KnownCounters): boolean => limit !== null && inside >= limit;

export function insideText(counters: KnownCounters, nowSeconds: number, translator: Translator): string {
  const number = new Intl.NumberFormat(translator.language);
  const inside = number.format(counters.inside);
  const text =
    counters.limit === null
      ? translator.text('counter.inside', { inside })
      : translator.text('counter.of', { inside, limit: number.format(counters.limit) });
  const age = nowSeconds - counters.heardAt;
  return age > freshSeconds ? translator.text('counter.age', { text, ago: translator.ago(age) }) : text;
}
