import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../errors.ts';
import { modelFaults } from '../model/check-model.ts';
import { withEdits } from '../model/edit-model.ts';
import { throwFaults } from '../model/fault.ts';
import { labelFault } from '../model/label.ts';
import { type Model, modelSchema } from '../model/model.ts';
import { validated } from '../model/read-model.ts';
import { nearest } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import { type Addable, firstOf, type SaidOfUnit } from '../wizard/addition.ts';
import { withExamples } from '../wizard/ask-addition.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { addWords } from './add-words.ts';
import { namedInModel, placeInModel } from './place-in-model.ts';
import { modelPath } from './target-folder.ts';

/** Everything that stands against adding this; what is not said yet counts as its example. */
export function additionProblems(addable: Addable, said: SaidOfUnit, model: Model): readonly Problem[] {
  const { noun, map, questions } = addable;
  const name = firstOf(said, 'name') ?? '';
  if (Object.hasOwn(model[map], name)) return [problem(`${noun} "${name}" exists already`)];
  const contradictions = addable.contradictions?.(said) ?? [];
  if (contradictions.length > 0) return contradictions.map(problem);
  const complete = withExamples(addable, said, model);
  const ofTexts = questions.flatMap(({ id, flag, isRepeatable, faults }) => {
    const texts = complete[id];
    if (texts === undefined) return [];
    const twice = texts.length > 1 && isRepeatable !== true ? ['is given twice'] : [];
    const prefix = flag === undefined ? '' : `${flag.split(' ')[0]} `;
    return [...twice.map((message) => prefix + message), ...(faults?.(texts, model) ?? [])].map(problem);
  });
  if (ofTexts.length > 0) return ofTexts;
  const own = `${map}.${firstOf(complete, 'name')}`;
  return modelProblems(withEdits(model, addable.edits(complete, model)), [map, firstOf(complete, 'name') ?? '']).map(
    ({ message, ...rest }) => ({
      ...rest,
      message: message.startsWith(own) ? message.slice(own.length).replace(/^(\.|: )/, '') : message,
    }),
  );
}

/**
 * What is wrong with a model that is no text.
 * @param newest the unit that is being added, if one is
 */
export function modelProblems(value: unknown, newest?: YamlPath): readonly Problem[] {
  try {
    throwFaults(modelFaults(validated(modelSchema, value, 'the model'), newest), 'the model');
    return [];
  } catch (error) {
    if (error instanceof ExpectedError) return error.problems;
    throw error;
  }
}

function problem(message: string): Problem {
  return { rule: 'answer/addition', severity: 'error', message };
}

/**
 * @param text of the model's file, for positions
 * @returns the error (exit 2) that says all of it, with the command that would do where that is known
 */
export function refuseAddition(
  addable: Addable,
  said: SaidOfUnit,
  { model, text }: { model: Model; text: string },
  problems: readonly Problem[],
): ExpectedError {
  const { noun, map } = addable;
  const name = firstOf(said, 'name') ?? '';
  const what = `cannot add ${noun} ${name}`;
  const commandOf = (meant: SaidOfUnit | undefined) => meant && `${npx} ${shellCommand(addWords(addable, meant))}`;
  const another = commandOf(addable.another?.(said));
  if (Object.hasOwn(model[map], name))
    return usageError(`${what}: it exists already`, {
      code: 'exists-already',
      why: [`${placeInModel(text, [map, name])} has it`],
      hint: another ?? `edit ${modelPath}, then run: ${npx} apply`,
    });
  const wrong = firstOf(said, noun === 'environment' ? 'from' : 'environment');
  if (wrong !== undefined && wrong !== '' && !Object.hasOwn(model.environments, wrong))
    return unknownEnvironment(what, noun, name, wrong, { model, text });
  const [first, ...others] = problems;
  const corrected = labelFault(name)?.corrected;
  const again = commandOf(corrected === undefined ? addable.corrected?.(said) : { ...said, name: [corrected] });
  return usageError(others.length === 0 ? `${what}: ${first?.message}` : `${what}: ${problems.length} problems`, {
    code: 'invalid-addition',
    why: namedInModel(problems, model, text),
    problems: others.length === 0 ? [] : problems,
    hint: again ?? first?.hint ?? `${npx} add ${noun} --help, for what each flag takes`,
  });
}

function unknownEnvironment(
  what: string,
  noun: string,
  name: string,
  wrong: string,
  { model, text }: { model: Model; text: string },
): ExpectedError {
  const known = Object.keys(model.environments).sort();
  const meant = nearest(wrong, known) ?? known.find((other) => other.startsWith(wrong)) ?? known[0] ?? '';
  const flag = noun === 'environment' ? '--from' : '--environment';
  return usageError(`${what}: environment "${wrong}" does not exist`, {
    code: 'unknown-environment',
    why: [`${placeInModel(text, ['environments', known[0] ?? ''])} knows ${known.join(', ')}`],
    hint: `${npx} ${shellCommand(['add', noun, name, flag, meant])}`,
  });
}
