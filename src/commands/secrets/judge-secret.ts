import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../../errors.ts';
import { withEdits } from '../../model/edit-model.ts';
import type { Model } from '../../model/model.ts';
import { livingEnvironments } from '../../model/units.ts';
import type { Problem } from '../../problem.ts';
import { firstOf, type SaidOfUnit } from '../../wizard/addition.ts';
import { withExamples } from '../../wizard/ask-addition.ts';
import { secretEdits } from '../../wizard/secret-edits.ts';
import { declarationIn, ownerIn, ownerKinds } from '../../wizard/secret-owner.ts';
import { keysIn, secretQuestions } from '../../wizard/secret-questions.ts';
import { modelProblems } from '../judge-addition.ts';

/** Stands for keys that nobody named yet, while the rest is judged. */
const someKey = 'key';

/** Everything that stands against creating this Secret; what is not said yet counts as its example. */
export function secretProblems(said: SaidOfUnit, model: Model): readonly Problem[] {
  const owners = ownerKinds.filter((kind) => said[kind] !== undefined);
  if (owners.length > 1) return [problem(`${owners.map((kind) => `--${kind}`).join(' and ')}: a Secret has one owner`)];
  const complete = withExamples({ questions: secretQuestions }, said, model);
  const ofTexts = secretQuestions.flatMap(({ id, flag, isRepeatable, faults }) => {
    const texts = said[id];
    if (texts === undefined) return [];
    const twice = texts.length > 1 && isRepeatable !== true ? ['is given twice'] : [];
    const prefix = flag === undefined ? '' : `${flag.split(' ')[0]} `;
    return [...twice.map((message) => prefix + message), ...(faults?.(texts, model) ?? [])].map(problem);
  });
  if (ofTexts.length > 0) return ofTexts;
  const ofPlace = placeFaults(complete, model);
  if (ofPlace.length > 0) return ofPlace.map(problem);
  const keys = keysIn(complete);
  const problems = modelProblems(withEdits(model, secretEdits(complete, keys.length > 0 ? keys : [someKey], model)));
  return problems.map((each) => ({ ...each, message: withoutPlace(each.message) }));
}

function placeFaults(said: SaidOfUnit, model: Model): string[] {
  const environment = firstOf(said, 'environment');
  const before = declarationIn(said, model);
  const [type, namespace] = [firstOf(said, 'type'), firstOf(said, 'namespace')];
  const isCluster = ownerIn(said)?.kind === 'cluster';
  return [
    ...(isCluster && environment !== undefined ? ["--environment: a cluster's Secret is for that cluster alone"] : []),
    ...(!isCluster && environment !== undefined && !livingEnvironments(model).includes(environment)
      ? [`environment "${environment}" has no cluster yet, and so no folder for a Secret`]
      : []),
    ...(before !== undefined && type !== undefined && type !== (before.type ?? 'Opaque')
      ? [`it is declared with type ${before.type ?? 'Opaque'} already`]
      : []),
    ...(before !== undefined && namespace !== undefined && namespace !== before.namespace
      ? [`it is declared already, ${before.namespace ? `in namespace ${before.namespace}` : 'without a namespace'}`]
      : []),
  ];
}

/** @returns the error (exit 2) that says all of it */
export function refuseSecret(said: SaidOfUnit, problems: readonly Problem[]): ExpectedError {
  const [first, ...others] = problems;
  const name = firstOf(said, 'name') ?? '';
  const what = `cannot create secret ${name}`.trimEnd();
  return usageError(others.length === 0 ? `${what}: ${first?.message}` : `${what}: ${problems.length} problems`, {
    code: 'invalid-secret',
    problems: others.length === 0 ? [] : problems,
    hint: first?.hint ?? `${npx} secrets create --help says what each flag takes`,
  });
}

/** The command that gives these answers: words after the program's name, without `--yes`. */
export function createWords(said: SaidOfUnit, valueKeys: readonly string[]): string[] {
  const chosen = ownerIn(said);
  const owner = chosen === undefined || said[chosen.kind] !== undefined ? [] : [`--${chosen.kind}`, chosen.name];
  const flags = secretQuestions.flatMap(({ id, flag }) =>
    flag === undefined || id === 'key' ? [] : (said[id] ?? []).flatMap((text) => [flag.split(' ')[0] ?? '', text]),
  );
  const values = valueKeys.flatMap((key) => ['--from-file', `${key}=FILE`]);
  return ['secrets', 'create', firstOf(said, 'name') ?? '', ...owner, ...flags, ...values];
}

/** What is missing, all at once, with a command that has it. */
export function missingAnswers(
  said: SaidOfUnit,
  model: Model,
  missing: readonly { flag?: string; about: string }[],
): ExpectedError {
  const example = withExamples({ questions: secretQuestions }, said, model);
  return usageError(missing.length === 1 ? 'an answer is missing' : `${missing.length} answers are missing`, {
    code: 'missing-answers',
    problems: missing.map(({ flag = 'NAME', about }) =>
      problem(about.startsWith('--') ? `the owner is missing: ${about}` : `${flag.split(' ')[0]} is missing: ${about}`),
    ),
    hint: `${npx} ${shellCommand(createWords(example, []))}`,
  });
}

function problem(message: string): Problem {
  return { rule: 'answer/secret', severity: 'error', message };
}

/** `apps.web.secrets.db.keys[0]: …` is about the Secret, which the sentence before names. */
function withoutPlace(message: string): string {
  return message.replace(/^\w+\.[^.]+\.secrets\.[^.: ]+\.?([^:]*): /, (_, inside: string) =>
    inside === '' ? '' : `${inside}: `,
  );
}
