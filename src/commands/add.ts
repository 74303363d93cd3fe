import type { AddOptions } from '../cli/add-command.ts';
import type { Io } from '../cli/io.ts';
import type { Outcome } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { usageError } from '../errors.ts';
import { addables } from '../wizard/addables.ts';
import { type Addable, firstOf, type SaidOfUnit } from '../wizard/addition.ts';
import { askAddition, withExamples, withUsual } from '../wizard/ask-addition.ts';
import { addWords } from './add-words.ts';
import { addedAlready, isUncommitted, isUnknownToGit, proposeCommit, refuseUncommitted } from './added-already.ts';
import { addableFromFile } from './addition-file.ts';
import { againWords, withFlags } from './again.ts';
import { carryOut } from './carry-out.ts';
import { additionProblems, refuseAddition } from './judge-addition.ts';
import { type OpenRepository, openRepository } from './open-repository.ts';
import { proposeAddition } from './propose-addition.ts';

/**
 * Adds one unit: an entry in `flux-repo.yaml`, and what follows from that entry. Other edits of the file that were not
 * applied yet stay as they are. One that is there just so is only committed, if that is asked for.
 */
export async function add(io: Io, options: AddOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const noun = addables[options.noun];
  const addable = options.config === undefined ? noun : await addableFromFile(io, options.config, noun);
  const given = { ...addable.file?.said, ...options.given };
  refuseValues(addable, given);
  const again = addedAlready(addable, given, repository);
  if (again !== undefined && options.commit) {
    const proposal = await proposeCommit(io, repository, again);
    return carryOut(io, proposal, { ...options, commit: await isUnknownToGit(io, repository, again) });
  }
  if (again !== undefined && (await isUncommitted(io, repository))) throw refuseUncommitted(again, options);
  const said = await complete(io, addable, given, repository, options);
  const proposal = await proposeAddition(io, repository, addable, said, options);
  const notes = io.interactive ? [] : usualNotes(addable, given, said);
  return carryOut(io, { ...proposal, notes: [...proposal.notes, ...notes] }, options);
}

/** @throws ExpectedError (exit 2) for what is probably a secret; it is not repeated */
function refuseValues({ noun, questions }: Addable, given: SaidOfUnit): void {
  for (const { id, mustBeNames } of questions) {
    const [fault] = mustBeNames?.(given[id] ?? []) ?? [];
    if (fault !== undefined)
      throw usageError(fault, {
        code: 'value-in-arguments',
        hint: `${npx} add ${noun} --help, for what each flag takes`,
      });
  }
}

function usualNotes({ questions }: Addable, given: SaidOfUnit, said: SaidOfUnit): string[] {
  return questions.flatMap(({ id, usualNote }) => {
    const taken = given[id] === undefined ? firstOf(said, id) : undefined;
    return taken === undefined || usualNote === undefined ? [] : [usualNote(taken)];
  });
}

/** Answers to all questions, none of which stands against adding it. */
async function complete(
  io: Io,
  addable: Addable,
  given: SaidOfUnit,
  { model, text }: OpenRepository,
  options: AddOptions,
): Promise<SaidOfUnit> {
  const judge = (said: SaidOfUnit) => additionProblems(addable, said, model);
  const refuse = (said: SaidOfUnit) => {
    const problems = judge(said);
    if (problems.length > 0) throw refuseAddition(addable, said, { model, text }, problems);
    return said;
  };
  if (Object.keys(given).length > 0) refuse(given);
  if (io.interactive) {
    const { terminalPrompts } = await import('../wizard/prompts.ts');
    const judged = {
      prompts: terminalPrompts(io),
      judge: (said: SaidOfUnit) => judge(said).map(({ message }) => message),
    };
    return refuse(await askAddition(addable, given, model, judged));
  }
  const { said, missing } = withUsual(addable, given, model);
  if (missing.length === 0) return refuse(said);
  const meant = addable.guess?.(given);
  const example = meant ?? withExamples(addable, given, model);
  throw usageError(missing.length === 1 ? 'an answer is missing' : `${missing.length} answers are missing`, {
    code: 'missing-answers',
    problems: missing.map(({ flag = 'NAME', about }) => ({
      rule: 'answer/missing',
      severity: 'error',
      message: `${flag.split(' ')[0]} is missing: ${about}`,
    })),
    hint: `${meant === undefined ? '' : 'did you mean '}${npx} ${shellCommand(withFlags(againWords(addWords(addable, example), options), '--yes'))}`,
  });
}
