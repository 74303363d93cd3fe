import { npx } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { readLocks, readRepositoryLock } from '../plan/read-locks.ts';
import { keyFileName } from '../secrets/key-name.ts';
import type { Tree } from '../tree/tree.ts';
import type { Answers } from '../wizard/answers.ts';
import { sameTexts } from '../wizard/equivalent-command.ts';
import { questions } from '../wizard/questions.ts';
import { keysToMake } from './keys-to-make.ts';
import { refuseRemovedUnits } from './refuse-removed-units.ts';
import { modelPath, nameOf, type TargetFolder } from './target-folder.ts';

/**
 * `create` continues what it made, and changes nothing that was decided: refuses what it would have to guess.
 * @throws ExpectedError (exit 2, or 3 where something would have to go)
 */
export function refuseContinuing(model: Model, said: Answers, { shown }: TargetFolder, tree: Tree): void {
  if (readRepositoryLock(tree) === undefined) throw notOurs(shown);
  refuseOtherAnswers(model, said, shown);
  refuseRemovedUnits(model, readLocks(tree));
  refuseMissingKeys(model);
}

/** A file that stands there without our bookkeeping was written by somebody else. */
function notOurs(shown: string): ExpectedError {
  return usageError(`${nameOf(shown)} holds a ${modelPath} that create-flux-repo did not write`, {
    code: 'folder-not-empty',
    why: ['There is no .flux-repo/lock.json beside it. Nothing was touched.'],
    hint: `move it away, take out "id" if it has one, and give it as answers: ${npx} ${shellQuote(shown)} --config FILE`,
  });
}

function refuseOtherAnswers({ id: _, ...draft }: Model, said: Answers, shown: string): void {
  const kept: Answers = { draft };
  const differing = questions.flatMap((question) => {
    const [wanted, there] = [question.texts(said), question.texts(kept)];
    if (wanted === undefined || there === undefined || sameTexts(wanted, there)) return [];
    const message = `${question.title}: ${modelPath} says ${listed(there)}, the command says ${listed(wanted)}`;
    return [{ rule: `answer/${question.id}`, severity: 'error' as const, message }];
  });
  if (differing.length === 0) return;
  throw usageError(`${nameOf(shown)} is a repository already, with other answers`, {
    code: 'answers-differ',
    problems: differing,
    hint: `edit ${modelPath} to change it, then run: ${npx} ${shellQuote(shown)}`,
  });
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(' ');
}

function refuseMissingKeys(model: Model): void {
  // a certificate that is gone was taken away by somebody, and is replaced by anybody
  const [first, ...others] = keysToMake(model, () => true);
  if (first === undefined || first.kind === 'sealing') return;
  const where = { cluster: 'clusters', environment: 'environments', team: 'teams' };
  const place =
    first.kind === 'recovery' ? 'secrets.recipients.recovery' : `${where[first.kind]}.${first.name}.recipients`;
  throw usageError(
    `${modelPath} names no public key for ${first.kind === 'recovery' ? 'recovery' : `${first.kind} ${first.name}`}`,
    {
      code: 'recipient-missing',
      why: others.length === 0 ? [] : [`${others.length} more are missing too.`],
      hint: `age-keygen -o ${keyFileName(first)} outside of the repository, and put its public key at ${place}`,
    },
  );
}
