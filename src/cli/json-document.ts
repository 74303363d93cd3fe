import { Cancelled, ExpectedError } from '../errors.ts';
import type { Outcome } from './outcome.ts';

/** The one document that `--json` prints; `output-schema.json` describes it. */
export function jsonDocument(about: { command: string; dryRun: boolean }, outcome: Partial<Outcome>): string {
  const { changes = [], steps = [], problems = [], nextSteps = [], result, failure } = outcome;
  const found = failure instanceof ExpectedError ? failure.problems : [];
  const document = {
    schemaVersion: 1,
    ...about,
    ok: failure === undefined,
    ...(result && { result }),
    changes: changes.map(({ path, action, unit, ownership, ...change }) => ({
      path,
      action,
      unit,
      ownership,
      ...('reason' in change && change.reason !== undefined && { reason: change.reason }),
    })),
    steps: steps.map(({ id, title, state }) => ({ id, title, state })),
    problems: [...problems, ...found],
    nextSteps: nextSteps.flatMap(({ text, commands }) => [text, ...commands]),
    ...(failure !== undefined && { error: errorOf(failure, outcome.standing) }),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function errorOf(failure: unknown, standing: string | undefined): { code: string; message: string; hint?: string } {
  const told = (code: string, message: string, hint = standing) => ({ code, message, ...(hint && { hint }) });
  if (failure instanceof ExpectedError) return told(failure.code, failure.message, failure.hint);
  if (failure instanceof Cancelled) return told('interrupted', 'the command was interrupted');
  return {
    code: 'internal',
    message: 'create-flux-repo has a bug',
    hint: 'Run it again with --verbose and report it.',
  };
}
