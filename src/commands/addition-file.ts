import type { Io } from '../cli/io.ts';
import { npx } from '../cli/program.ts';
import { usageError } from '../errors.ts';
import { type PositionedYaml, parsePositioned } from '../model/yaml-source.ts';
import { nearest } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import type { Addable, AddQuestion, SaidOfUnit } from '../wizard/addition.ts';
import { isPlainMap } from '../yaml/value-kinds.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { readAnswersText } from './answers-file.ts';

interface Answer {
  path: YamlPath;
  question: AddQuestion | undefined;
  value: unknown;
}

/**
 * Reads the answers about one unit, `-` for stdin: a map, as YAML or JSON, by the names of the flags or as the unit's
 * entry in the model has them (`dependsOn`, `chart: {url, version}`, `variables`), with `name`.
 * @throws ExpectedError (exit 2) with every fault and its position: syntax, unknown keys, what is no text
 */
export async function saidInFile(io: Io, path: string, addable: Addable): Promise<SaidOfUnit> {
  const source = await readAnswersText(io, path);
  const yaml = parsePositioned(source);
  const given = answersIn(yaml.value, addable.questions);
  const problems = [...yaml.syntax, ...(yaml.syntax.length > 0 ? [] : faultsOf(yaml, given, addable.questions))];
  if (problems.length > 0)
    throw usageError(`${source.file} cannot be used as answers about ${article(addable.noun)}`, {
      code: 'config-invalid',
      problems,
      hint:
        problems.find(({ hint }) => hint !== undefined)?.hint ??
        `write a map of answers, for example "name: NAME"; all of them: ${npx} add ${addable.noun} --help`,
    });
  const said = (given ?? []).map(({ question, value }): [string, readonly string[]] => [
    question?.id ?? '',
    textsOf(value) ?? [],
  ]);
  return Object.fromEntries(said);
}

/** Undefined for what is no map. */
function answersIn(value: unknown, questions: readonly AddQuestion[]): Answer[] | undefined {
  if (!isPlainMap(value)) return undefined;
  return Object.entries(value).flatMap(([key, part]): Answer[] => {
    const question = questionAt(questions, [key]);
    const isGroup = isPlainMap(part) && questions.some(({ inModel = [] }) => inModel.length > 1 && inModel[0] === key);
    if (!isGroup) return [{ path: [key], question, value: part }];
    return Object.entries(part).map(([inner, text]) => {
      const path = [key, inner];
      return { path, question: questionAt(questions, path), value: text };
    });
  });
}

function questionAt(questions: readonly AddQuestion[], path: readonly string[]): AddQuestion | undefined {
  const known = (question: AddQuestion) => keysOf(question).includes(path.join('.'));
  return questions.find(known);
}

/** What a question is called in a file; nothing for one that only a prompt asks. */
function keysOf({ id, flag, inModel = [] }: AddQuestion): string[] {
  if (flag === undefined && id !== 'name') return [];
  return [...new Set([id, ...(inModel.length > 0 ? [inModel.join('.')] : [])])];
}

function faultsOf(yaml: PositionedYaml, given: readonly Answer[] | undefined, questions: readonly AddQuestion[]) {
  const problem = (path: YamlPath, rule: string, message: string, hint?: string): Problem => ({
    ...{ rule: `answer/${rule}`, severity: 'error', message, ...yaml.placeOf(path), ...(hint && { hint }) },
  });
  if (given === undefined) return [problem([], 'value', 'there must be a map of answers')];
  const ids = given.map(({ question }) => question?.id);
  return given.flatMap(({ path, question, value }, index): Problem[] => {
    const key = path.join('.');
    if (question === undefined) {
      const known = questions.flatMap(keysOf);
      const meant = nearest(key, known);
      const hint = meant === undefined ? `known: ${known.join(', ')}` : `did you mean "${meant}"?`;
      return [problem(path, 'unknown-key', `unknown key "${key}"`, hint)];
    }
    if (ids.indexOf(question.id) !== index) return [problem(path, 'value', `${key}: is given twice`)];
    const isList = Array.isArray(value) || isPlainMap(value);
    if (isList && question.isRepeatable !== true) return [problem(path, 'value', `${key}: must be one text`)];
    return textsOf(value) === undefined ? [problem(path, 'value', `${key}: must be text; write it in quotes`)] : [];
  });
}

/** A list is repeated, a map is `key=value`; undefined where something is no text: `1.10` would be read as 1.1. */
function textsOf(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value : undefined;
  if (!isPlainMap(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every(([, text]) => typeof text === 'string') ? entries.map((entry) => entry.join('=')) : undefined;
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
