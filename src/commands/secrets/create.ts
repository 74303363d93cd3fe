import type { Io } from '../../cli/io.ts';
import type { NextStep, Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { SecretsCreateOptions } from '../../cli/secrets/create-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../../errors.ts';
import { type DeclaredSecret, declaredSecrets } from '../../model/declared-secrets.ts';
import { withEdits } from '../../model/edit-model.ts';
import type { Model } from '../../model/model.ts';
import { modelSchema } from '../../model/model.ts';
import { validated } from '../../model/read-model.ts';
import { strategyOf } from '../../model/settings.ts';
import { sealManifest } from '../../secrets/values/seal-manifest.ts';
import { secretManifest } from '../../secrets/values/secret-manifest.ts';
import type { SecretValues } from '../../secrets/values/secret-value.ts';
import { firstOf, type SaidOfUnit } from '../../wizard/addition.ts';
import { askAddition, withUsual } from '../../wizard/ask-addition.ts';
import { secretEdits } from '../../wizard/secret-edits.ts';
import { declarationIn, ownerIn } from '../../wizard/secret-owner.ts';
import { keysIn, secretQuestions, typeIn } from '../../wizard/secret-questions.ts';
import { carryOut } from '../carry-out.ts';
import { type OpenRepository, openRepository } from '../open-repository.ts';
import { withAnswersFile } from './answers-of-file.ts';
import { collectValues } from './collect-values.ts';
import { createWords, missingAnswers, refuseSecret, secretProblems } from './judge-secret.ts';
import { type PlannedRepository, proposeSecret } from './propose-secret.ts';

/** Makes a Secret: what the model says of it, what refers to it, and its encrypted files, in one plan. */
export async function create(io: Io, options: SecretsCreateOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const { model } = repository;
  refuseStrategy(model);
  const said = await complete(io, await withAnswersFile(io, options.given, options.config), repository);
  const [owner, name] = [ownerIn(said), firstOf(said, 'name') ?? ''];
  if (owner === undefined) throw new Error('a Secret without an owner was let through');
  const what = `secret ${name}`;
  const files = filesToMake(repository, said);
  const paths = new Set(files.map(({ path }) => path));
  const before = declarationIn(said, model);
  const request = { what, type: typeIn(said, model), keys: wantedKeys(said, before?.keys), said };
  const { values, asked } = await collectValues(io, {
    ...request,
    isStdinTaken: options.config === '-',
    words: createWords(said, []),
  });
  const proposal = await proposeSecret(
    io,
    repository,
    {
      title: `Add ${what} of ${owner.kind} ${owner.name}`,
      done: `Added ${what} of ${owner.kind} ${owner.name}`,
      declared: { owner, name },
      edits: secretEdits(said, [...values.keys()], model),
      seal: (planned) => sealAll(planned, paths, values),
      notes:
        paths.size > 1
          ? [`${files.flatMap(({ environment }) => environment ?? []).join(', ')} get the same values.`]
          : [],
      nextSteps: paths.size > 1 ? [ownValue(files)] : [],
      words: createWords(said, asked),
    },
    options,
  );
  return carryOut(io, proposal, options);
}

/** Answers to all questions, none of which stands against creating it. */
async function complete(io: Io, given: SaidOfUnit, { model }: OpenRepository): Promise<SaidOfUnit> {
  const judge = (said: SaidOfUnit) => secretProblems(said, model);
  const refuse = (said: SaidOfUnit) => {
    const problems = judge(said);
    if (problems.length > 0) throw refuseSecret(said, problems);
    return said;
  };
  const asked = { questions: secretQuestions };
  if (Object.keys(given).length > 0) refuse(given);
  if (io.interactive) {
    const { terminalPrompts } = await import('../../wizard/prompts.ts');
    const judged = {
      prompts: terminalPrompts(io),
      judge: (said: SaidOfUnit) => judge(said).map(({ message }) => message),
    };
    return refuse(await askAddition(asked, given, model, judged));
  }
  const { said, missing } = withUsual(asked, given, model);
  if (missing.length > 0) throw missingAnswers(given, model, missing);
  return refuse(said);
}

/**
 * The files that the Secret is to have and that are not there.
 * @throws ExpectedError `exists-already` when there is none
 */
function filesToMake({ model, tree }: OpenRepository, said: SaidOfUnit): DeclaredSecret[] {
  const edited = withEdits(model, secretEdits(said, declarationIn(said, model)?.keys ?? ['key'], model));
  const owner = ownerIn(said);
  const environment = firstOf(said, 'environment');
  const files = declaredSecrets(validated(modelSchema, edited, 'the model')).filter(
    (file) =>
      file.name === firstOf(said, 'name') &&
      file.owner.kind === owner?.kind &&
      file.owner.name === owner.name &&
      (environment === undefined || file.environment === environment),
  );
  const missing = files.filter(({ path }) => tree.kindOf(path) === undefined);
  const [first] = files;
  if (first === undefined) throw new Error('a Secret without a file was let through');
  if (missing.length > 0) return missing;
  throw new ExpectedError({
    code: 'exists-already',
    exitCode: 2,
    message: `cannot create secret ${first.name}: it is there already`,
    why: files.map(({ path }) => path),
    hint: `set a value of it: ${npx} ${shellCommand(['secrets', 'set', first.path, 'KEY'])}`,
  });
}

/** A new file of what is declared has the keys that the others have. */
function wantedKeys(said: SaidOfUnit, declared: readonly string[] | undefined): string[] {
  return [...new Set([...keysIn(said), ...(declared ?? [])])];
}

async function sealAll({ model, sopsConfig }: PlannedRepository, paths: ReadonlySet<string>, values: SecretValues) {
  const config = await sopsConfig();
  const sealed = new Map<string, string>();
  const notes: string[] = [];
  for (const declared of declaredSecrets(model).filter(({ path }) => paths.has(path))) {
    const file = await sealManifest(declared.path, secretManifest(declared, values), { config, now: new Date() });
    sealed.set(file.path, file.text);
    notes.push(...file.notes);
  }
  return { sealed, notes };
}

function ownValue([first]: readonly DeclaredSecret[]): NextStep {
  const command = `${npx} ${shellCommand(['secrets', 'set', first?.path ?? 'FILE', 'KEY'])}`;
  return { text: 'To give one environment a value of its own:', commands: [command] };
}

function refuseStrategy(model: Model): void {
  const strategy = strategyOf(model);
  if (strategy === 'sops') return;
  throw usageError(`cannot encrypt here: the strategy for secrets is ${strategy}`, {
    code: 'other-strategy',
    hint: 'secrets.strategy in flux-repo.yaml says so; only sops keeps encrypted files',
  });
}
