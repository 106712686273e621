import type { Direction, StoredReader } from '../../shared/db/records';
import { byId } from '../../ui/dom';

const directions: readonly Direction[] = ['entry', 'exit'];

/** Entries or exits, where the reader's operator may choose; in sight where scans are exits. */
export class DirectionSwitch {
  private readonly root = byId('direction');

  constructor(
    private readonly current: () => Direction,
    choose: (direction: Direction) => void,
  ) {
    for (const direction of directions) {
      byId(`direction-${direction}`).addEventListener('click', () => choose(direction));
    }
    this.root.addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const other = this.current() === 'entry' ? 'exit' : 'entry';
      choose(other);
      byId(`direction-${other}`).focus();
    });
  }

  show({ tally, direction }: StoredReader): void {
    this.root.hidden = !tally || (direction ?? 'entry') === 'entry';
    document.body.dataset['direction'] = this.current();
    for (const each of directions) {
      const button = byId<HTMLButtonElement>(`direction-${each}`);
      const isChosen = each === this.current();
      button.setAttribute('aria-checked', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
      button.hidden = direction !== 'both' && !isChosen;
    }
  }
}
