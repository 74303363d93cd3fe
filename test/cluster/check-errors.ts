import { fakeSystem } from '../support/fake-system.ts';
import { runMain } from '../support/run-main.ts';

/** As `check --json` has it. */
export interface CheckError {
  rule: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  file: string;
  line?: number;
}

/** What `check` says is an error in a repository. */
export async function checkErrors(folder: string): Promise<CheckError[]> {
  const machine = fakeSystem();
  try {
    const { code, out, err } = await runMain({ ...machine, cwd: folder }, ['check', '--json']);
    if (out === '') throw new Error(`check ended with ${code}\n${err}`);
    const { problems } = JSON.parse(out) as { problems: CheckError[] };
    return problems.filter(({ severity }) => severity === 'error');
  } finally {
    machine.remove();
  }
}

/** One line for a person. */
export function shown({ rule, message, file, line }: CheckError): string {
  return `${file}:${line ?? 1} ${rule} ${message}`;
}
