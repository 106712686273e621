import type { MessageKey, Translator } from '../../i18n';
import { parseShortCode } from '../../shared/codec/short-code';
import { byId, setText } from '../../ui/dom';

export type CodeProblem = 'invalid' | 'not-found' | 'offline' | 'limited';

export class CodeForm {
  private readonly field = byId<HTMLInputElement>('code');
  private readonly error = byId('code-error');

  constructor(
    private readonly translator: () => Translator,
    check: (code: string) => Promise<CodeProblem | null>,
  ) {
    this.field.addEventListener('input', () => this.fail(null));
    byId('code-form').addEventListener('submit', (event) => {
      event.preventDefault();
      const code = parseShortCode(this.field.value);
      if (!code) this.fail('invalid');
      else void check(code).then((problem) => this.done(problem));
    });
  }

  focus(): void {
    this.field.focus();
  }

  private done(problem: CodeProblem | null): void {
    this.fail(problem);
    if (!problem) this.field.value = '';
  }

  private fail(problem: CodeProblem | null): void {
    this.field.setAttribute('aria-invalid', String(problem !== null));
    setText(this.error, problem ? this.translator().text(`code.${problem}` satisfies MessageKey) : '');
    if (problem) this.field.select();
  }
}
