import type { Io } from '../../cli/io.ts';
import { usageError } from '../../errors.ts';
import { parsePositioned } from '../../model/yaml-source.ts';
import { nearest } from '../../nearest.ts';
import type { Problem } from '../../problem.ts';
import type { SaidOfUnit } from '../../wizard/addition.ts';
import { secretQuestions } from '../../wizard/secret-questions.ts';
import { readAnswersText } from '../answers-file.ts';
import { refuseAnswers } from '../refuse-answers.ts';

/** Where people would put values, which have no place in a file of answers. */
const valueKeys = ['data', 'stringData', 'value', 'values'];
const questionKeys = secretQuestions.filter(({ id }) => id !== 'owner').map(({ id }) => id);

/**
 * Answers of a `--config` file, with flags on top: a YAML map whose keys are the flags' names, `name` among them.
 *
 * @param path as given, `-` for stdin; undefined without the flag
 * @throws ExpectedError (exit 2) with every fault and its place; values in it are refused, not repeated
 */
export async function withAnswersFile(io: Io, given: SaidOfUnit, path: string | undefined): Promise<SaidOfUnit> {
  if (path === undefined) return given;
  const source = await readAnswersText(io, path);
  const { file } = source;
  const yaml = parsePositioned(source);
  if (yaml.syntax.length > 0)
    refuseAnswers(yaml.syntax.map((problem) => ({ ...problem, message: 'is no valid YAML' })));
  if (typeof yaml.value !== 'object' || yaml.value === null || Array.isArray(yaml.value))
    throw usageError(`${file} holds no map of answers`, {
      code: 'config-empty',
      hint: `it may have: ${questionKeys.join(', ')}`,
    });
  const said: Record<string, readonly string[]> = {};
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(yaml.value)) {
    const texts = textsOf(value);
    const fault = faultOf(key, texts);
    if (fault !== undefined)
      problems.push({ rule: 'answer/secret', severity: 'error', message: fault, ...yaml.placeOf([key]) });
    else said[key] = texts ?? [];
  }
  refuseAnswers(problems);
  return { ...said, ...given };
}

function faultOf(key: string, texts: readonly string[] | undefined): string | undefined {
  if (valueKeys.includes(key))
    return `${key}: values have no place in a file of answers; name their files under from-file`;
  if (!questionKeys.includes(key)) {
    const meant = nearest(key, questionKeys);
    return `unknown key "${key}"${meant ? `, did you mean "${meant}"?` : `; known: ${questionKeys.join(', ')}`}`;
  }
  return texts === undefined ? `${key} must be a text, or a list of texts` : undefined;
}

function textsOf(value: unknown): string[] | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.every((item) => typeof item === 'string') ? list : undefined;
}
