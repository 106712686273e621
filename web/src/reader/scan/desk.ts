import type { StoredCertificate } from '../../shared/db/records';
import type { Answer } from './answer';
import type { Judge } from './judge';

export interface DeskView {
  readonly answer: Answer | null;
  show(answer: Answer): void;
  /** Resolves when another answer may take the place of the one on screen. */
  whenFree(): Promise<void>;
}

const maxWaiting = 8;

/** Takes codes from camera, scanner, field and list, one at a time and in order. */
export class Desk {
  private readonly waiting: (string | StoredCertificate)[] = [];
  private running = false;

  constructor(
    private readonly judge: Judge,
    private readonly view: DeskView,
    private readonly onBusy: (busy: boolean) => void,
    private readonly onAnswer: (answer: Answer) => void,
  ) {}

  submit(shown: string | StoredCertificate): void {
    if (this.waiting.length < maxWaiting) this.waiting.push(shown);
    if (!this.running) void this.run();
  }

  /** A scan that was not confirmed may have been decided meanwhile. */
  async recheck(isDecided: (event: string) => Promise<boolean>): Promise<void> {
    const { answer } = this.view;
    if (this.running || answer?.tone !== 'unconfirmed' || !(await isDecided(answer.event))) return;
    if (this.view.answer === answer) this.submit(answer.certificate);
  }

  private async run(): Promise<void> {
    this.running = true;
    for (let shown = this.waiting.shift(); shown !== undefined; shown = this.waiting.shift()) {
      await this.view.whenFree();
      this.onBusy(true);
      const answer = await (typeof shown === 'string'
        ? this.judge.judgeText(shown)
        : this.judge.judge(shown));
      this.onBusy(false);
      this.view.show(answer);
      this.onAnswer(answer);
    }
    this.running = false;
  }
}
