import type { Job, PrintConfiguration } from '../printing/jobs';
import { pageNumbers, sheetCount, type PrintOptions } from '../printing/pages';
import type { Answer, Owner, PrintApi, PrintFile } from './api';
import { askAgainIn } from './job-words';
import { forgetFile, rememberFile, type MyFile } from './my-files';
import { isUploadedAlready, problem, problemOf, tooLarge, type Deed, type Problem } from './problems';

/** What all files of the page share. */
export interface Desk {
  readonly api: PrintApi;
  readonly limits: PrintConfiguration;
  owner(): Owner | null;
  /** The server knows this person. */
  welcome(owner: Owner): void;
  isHidden(): boolean;
}

export type Phase = 'waiting' | 'sending' | 'checking' | 'refused' | 'ready' | 'removed';

const worthAnotherTry = new Set<string>([
  'offline',
  'wait',
  'busy',
  'failed',
  'not-a-member',
  'owner-missing',
  'too-many-sheets',
  'beyond',
  'pages-form',
  'copies-form',
]);

/** One file, from the choice on the device until the server has forgotten it. */
export class SentFile {
  phase: Phase;
  /** How much of it is sent, from 0 to 1. */
  progress = 0;
  problem: Problem | null = null;
  /** As the person wants it; the server may not know yet. */
  options: PrintOptions = { pages: '', copies: 1, twoSided: false };
  pages = 0;
  job: Job | null = null;
  expiresAt: number | null = null;
  storedName: string | null = null;
  isSelected = false;
  isOpen = false;
  onChange: () => void = () => undefined;
  private saved: PrintOptions = this.options;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private transfer: AbortController | null = null;
  private isHopeless = false;

  constructor(
    private readonly desk: Desk,
    readonly name: string,
    /** Null for what was sent before. */
    readonly file: File | null,
    public pin: string | null = null,
  ) {
    this.phase = file ? 'waiting' : 'ready';
  }

  static remembered(desk: Desk, { pin, name, expiresAt }: MyFile): SentFile {
    const file = new SentFile(desk, name, null, pin);
    file.expiresAt = expiresAt;
    return file;
  }

  get canTryAgain(): boolean {
    return this.phase === 'refused' && !this.isHopeless;
  }

  /** What is wrong with the wishes; null when nothing is. */
  get fault(): Problem | null {
    const { maxSheets } = this.desk.limits;
    const { copies } = this.options;
    if (!Number.isInteger(copies) || copies < 1 || copies > maxSheets)
      return problem('copies-form', { sheets: maxSheets });
    const numbers = pageNumbers(this.options.pages, this.pages);
    if (numbers === 'form') return problem('pages-form');
    // before the upload nobody knows how many there are
    if (numbers === 'beyond' && this.pages > 0) return problem('beyond', { pages: this.pages });
    return (this.sheets ?? 0) > maxSheets ? problem('too-many-sheets', { sheets: maxSheets }) : null;
  }

  /** Null while nobody knows how many pages there are. */
  get sheets(): number | null {
    if (this.pages === 0) return null;
    const numbers = pageNumbers(this.options.pages, this.pages);
    return typeof numbers === 'string' ? null : sheetCount(numbers.length, this.options);
  }

  /** Registers and uploads it; after a refusal again. */
  async send(): Promise<void> {
    if (!this.file || this.phase === 'removed' || this.phase === 'ready') return;
    const unfit = this.unfit(this.file);
    if (unfit) return this.refuse(unfit);
    this.transfer = new AbortController();
    const { signal } = this.transfer;
    this.set('sending');
    if (this.pin === null && !(await this.register())) return;
    if (this.pin !== null && this.options !== this.saved && !(await this.save()))
      return this.refuse(this.problem);
    if (this.pin === null || signal.aborted) return;
    const answer = await this.desk.api.upload(this.pin, this.file, (part) => this.progressed(part), signal);
    if (signal.aborted) return;
    if (answer.kind !== 'ok' && !isUploadedAlready(answer))
      return this.refuse(this.problemOf('upload', answer));
    this.isSelected = true;
    this.set('ready');
    await this.refresh();
  }

  /** The person does not want it any more; its pin is given back. */
  async stop(): Promise<void> {
    this.transfer?.abort();
    const owner = this.desk.owner();
    if (this.pin !== null && owner) void this.desk.api.remove(this.pin, owner);
    this.end();
    await Promise.resolve();
  }

  /** Its bytes: of the device where it was chosen, else the server's. */
  async content(): Promise<Uint8Array | null> {
    if (this.file) return new Uint8Array(await this.file.arrayBuffer());
    return this.storedName === null ? null : this.desk.api.content(this.storedName);
  }

  choose(options: PrintOptions): void {
    this.options = options;
    this.problem = this.fault;
    this.onChange();
  }

  /** Tells the server what is wished; false when it does not know it. */
  async save(): Promise<boolean> {
    this.problem = this.fault;
    this.onChange();
    if (this.problem) return false;
    if (this.pin === null || this.options === this.saved) return true;
    const wished = this.options;
    const answer = await this.desk.api.change(this.pin, wished);
    this.problem = this.problemOf('change', answer);
    if (answer.kind === 'ok') this.saved = wished;
    this.onChange();
    return answer.kind === 'ok';
  }

  /** Asks where it is, and again when that may have changed. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    if (this.pin === null || this.phase !== 'ready') return;
    const answer = await this.desk.api.find(this.pin);
    if (this.isRemoved()) return;
    if (answer.kind === 'ok') this.accept(answer.value);
    else if (answer.kind === 'refused' && answer.status === 404) return this.gone();
    this.onChange();
    const isRefused = answer.kind === 'refused' && answer.status === 429;
    const pause = isRefused ? null : askAgainIn(this.job, this.desk.isHidden(), this.isOpen);
    if (pause !== null) this.timer = setTimeout(() => void this.refresh(), pause);
  }

  async takeBack(): Promise<void> {
    if (this.pin === null) return;
    this.problem = this.problemOf('cancel', await this.desk.api.cancelJob(this.pin));
    await this.refresh();
    this.onChange();
  }

  async remove(): Promise<void> {
    const owner = this.desk.owner();
    if (this.pin === null) return this.end();
    if (!owner) return this.tell(problem('owner-missing'));
    const answer = await this.desk.api.remove(this.pin, owner);
    if (answer.kind === 'ok' || (answer.kind === 'refused' && answer.status === 404)) this.end();
    else this.tell(this.problemOf('remove', answer));
  }

  tell(told: Problem | null): void {
    this.problem = told;
    this.onChange();
  }

  private async register(): Promise<boolean> {
    const owner = this.desk.owner();
    if (!owner) {
      this.refuse(problem('owner-missing'));
      return false;
    }
    const wished = this.options;
    const answer = await this.desk.api.register(owner, this.name, wished);
    if (answer.kind !== 'ok') {
      this.refuse(this.problemOf('register', answer));
      return false;
    }
    this.pin = answer.value;
    this.saved = wished;
    this.desk.welcome(owner);
    if (!this.transfer?.signal.aborted) return true;
    void this.desk.api.remove(this.pin, owner);
    return false;
  }

  private accept(info: PrintFile): void {
    this.pages = info.pages;
    this.storedName = info.storedName;
    this.job = info.job;
    this.expiresAt = Date.parse(info.expiresAt);
    // what the person has not sent yet stays
    if (this.options === this.saved) this.options = this.saved = info.options;
    rememberFile({ pin: info.pin, name: this.name, expiresAt: this.expiresAt }, Date.now());
  }

  private gone(): void {
    if (this.pin !== null) forgetFile(this.pin, Date.now());
    // who has just sent it wants to know; what lies in the list goes
    if (this.file) this.refuse(problem('pin-gone'));
    else this.end();
  }

  private end(): void {
    clearTimeout(this.timer);
    if (this.pin !== null) forgetFile(this.pin, Date.now());
    this.set('removed');
  }

  private isRemoved(): boolean {
    return this.phase === 'removed';
  }

  private unfit(file: File): Problem | null {
    if (file.type !== 'application/pdf' && !/\.pdf$/i.test(file.name)) return problem('not-pdf');
    if (file.size > this.desk.limits.maxSize) return tooLarge(this.desk.limits);
    return file.size === 0 ? problem('corrupted') : this.fault;
  }

  private progressed(part: number): void {
    if (this.isRemoved()) return;
    this.progress = part;
    this.set(part < 1 ? 'sending' : 'checking');
  }

  private problemOf(deed: Deed, answer: Answer<unknown>): Problem | null {
    const found = problemOf(deed, answer, this.desk.limits);
    return found?.key === 'beyond' ? problem('beyond', { pages: this.pages || '?' }) : found;
  }

  private refuse(why: Problem | null): void {
    if (this.isRemoved()) return;
    this.problem = why;
    this.isHopeless = why !== null && !worthAnotherTry.has(why.key);
    this.phase = 'refused';
    this.onChange();
  }

  private set(phase: Phase): void {
    this.phase = phase;
    if (phase !== 'refused') this.problem = null;
    this.onChange();
  }
}
