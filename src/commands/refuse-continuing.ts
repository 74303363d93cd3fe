import { npx } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { unitsOf } from '../model/units.ts';
import { lockedUnits, readRepositoryLock } from '../plan/read-locks.ts';
import { keyFileName } from '../secrets/key-name.ts';
import type { Tree } from '../tree/tree.ts';
import type { Answers } from '../wizard/answers.ts';
import { sameTexts } from '../wizard/equivalent-command.ts';
import { questions } from '../wizard/questions.ts';
import { keysToMake } from './keys-to-make.ts';
import { modelPath, nameOf, type TargetFolder } from './target-folder.ts';

/**
 * `create` continues what it made, and changes nothing that was decided: refuses what it would have to guess.
 * @throws ExpectedError (exit 2, or 3 where something would have to go)
 */
export function refuseContinuing(model: Model, said: Answers, { shown }: TargetFolder, tree: Tree): void {
  if (readRepositoryLock(tree) === undefined) throw notOurs(shown);
  refuseOtherAnswers(model, said, shown);
  refuseMissingUnits(model, tree);
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

/** Taking a unit out of the file must not delete what runs. */
function refuseMissingUnits(model: Model, tree: Tree): void {
  const wanted = new Set<string>(unitsOf(model).map(({ unit }) => unit));
  const gone = lockedUnits(tree).filter((unit) => !wanted.has(unit));
  if (gone.length === 0) return;
  throw new ExpectedError({
    code: 'unit-removed',
    exitCode: 3,
    message: `${modelPath} no longer has ${gone.join(', ')}`,
    why: ['Their files are still here, and removing them could take down what runs. Nothing was written.'],
    hint: `put them back into ${modelPath}; removing is not in this version`,
  });
}

function refuseMissingKeys(model: Model): void {
  const [first, ...others] = keysToMake(model);
  if (first === undefined) return;
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
