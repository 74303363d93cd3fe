import type { Io } from '../cli/io.ts';
import { npx } from '../cli/program.ts';
import { usageError } from '../errors.ts';
import type { ModelEdit } from '../model/edit-model.ts';
import { unitFields } from '../model/model.ts';
import { type PositionedYaml, parsePositioned } from '../model/yaml-source.ts';
import { nearest } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import { type Addable, type AddQuestion, firstOf, type SaidOfUnit } from '../wizard/addition.ts';
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
 * entry in the model has them (`dependsOn`, `chart: {url, version}`, `variables`), with `name`. What the entry can say
 * and nothing asks (`values`, `interval`) is taken as it is.
 * @returns what can be added, with the file's part of the entry; its answers are in `file`
 * @throws ExpectedError (exit 2) with every fault and its position: syntax, unknown keys, what is no text
 */
export async function addableFromFile(io: Io, path: string, addable: Addable): Promise<AddableFromFile> {
  const source = await readAnswersText(io, path);
  const yaml = parsePositioned(source);
  const { fields, answers } = partsIn(yaml.value, addable);
  const given = answersIn(answers, addable.questions);
  const problems = [...yaml.syntax, ...(yaml.syntax.length > 0 ? [] : faultsOf(yaml, given, addable))];
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
    textsOf(value, question) ?? [],
  ]);
  return { ...withFields(addable, fields), file: { path, said: Object.fromEntries(said) } };
}

type AddableFromFile = Addable & Required<Pick<Addable, 'file'>>;

/** What answers no question is the entry's own, where the model knows it. */
function partsIn(value: unknown, { map, questions }: Addable): { fields: Record<string, unknown>; answers: unknown } {
  if (!isPlainMap(value)) return { fields: {}, answers: value };
  const known = unitFields(map);
  const asked = new Set(questions.flatMap(keysOf).map((key) => key.split('.')[0]));
  const isField = (key: string) => known.includes(key) && !asked.has(key);
  const entries = Object.entries(value);
  return {
    fields: Object.fromEntries(known.filter((key) => isField(key) && key in value).map((key) => [key, value[key]])),
    answers: Object.fromEntries(entries.filter(([key]) => !isField(key))),
  };
}

/** The new entry has the fields too. */
function withFields(addable: Addable, fields: Readonly<Record<string, unknown>>): Addable {
  const isOwn = ({ path: [map, name, ...below] }: ModelEdit, said: SaidOfUnit) =>
    map === addable.map && name === firstOf(said, 'name') && below.length === 0;
  return {
    ...addable,
    edits: (said, model) =>
      addable
        .edits(said, model)
        .map((edit) =>
          isOwn(edit, said) && isPlainMap(edit.value) ? { ...edit, value: { ...edit.value, ...fields } } : edit,
        ),
  };
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

function faultsOf(yaml: PositionedYaml, given: readonly Answer[] | undefined, { map, questions }: Addable) {
  const problem = (path: YamlPath, rule: string, message: string, hint?: string): Problem => ({
    ...{ rule: `answer/${rule}`, severity: 'error', message, ...yaml.placeOf(path), ...(hint && { hint }) },
  });
  if (given === undefined) return [problem([], 'value', 'there must be a map of answers')];
  const ids = given.map(({ question }) => question?.id);
  return given.flatMap(({ path, question, value }, index): Problem[] => {
    const key = path.join('.');
    if (question === undefined) {
      const known = [...new Set([...questions.flatMap(keysOf), ...unitFields(map)])];
      const meant = nearest(key, known);
      const hint = meant === undefined ? `known: ${known.join(', ')}` : `did you mean "${meant}"?`;
      return [problem(path, 'unknown-key', `unknown key "${key}"`, hint)];
    }
    if (ids.indexOf(question.id) !== index) return [problem(path, 'value', `${key}: is given twice`)];
    const isList = Array.isArray(value) || isPlainMap(value);
    if (isList && question.isRepeatable !== true) return [problem(path, 'value', `${key}: must be one text`)];
    return textsOf(value, question) === undefined
      ? [problem(path, 'value', `${key}: must be text; write it in quotes`)]
      : [];
  });
}

/** A list is repeated, a map is `key=value`; undefined where something is no text: `1.10` would be read as 1.1. */
function textsOf(value: unknown, question?: AddQuestion): string[] | undefined {
  if (typeof value === 'number' && question?.isNumber === true) return [String(value)];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string') ? value : undefined;
  if (!isPlainMap(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every(([, text]) => typeof text === 'string') ? entries.map((entry) => entry.join('=')) : undefined;
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
