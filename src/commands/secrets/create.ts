import type { Io } from '../../cli/io.ts';
import type { NextStep, Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { SecretsCreateOptions } from '../../cli/secrets/create-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { usageError } from '../../errors.ts';
import { type DeclaredSecret, declaredSecrets } from '../../model/declared-secrets.ts';
import { strategyOf } from '../../model/settings.ts';
import type { SealedFile, StrategyRow } from '../../secrets/strategies/secret-strategy.ts';
import { strategies } from '../../secrets/strategies/strategies.ts';
import type { SecretValues } from '../../secrets/values/secret-value.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { firstOf, type SaidOfUnit } from '../../wizard/addition.ts';
import { askAddition, withUsual } from '../../wizard/ask-addition.ts';
import { secretEdits } from '../../wizard/secret-edits.ts';
import { declarationIn, ownerIn } from '../../wizard/secret-owner.ts';
import { keysIn, secretQuestions, typeIn } from '../../wizard/secret-questions.ts';
import { carryOut } from '../carry-out.ts';
import { type OpenRepository, openRepository } from '../open-repository.ts';
import { withAnswersFile } from './answers-of-file.ts';
import { collectValues } from './collect-values.ts';
import { filesToMake } from './files-to-make.ts';
import { createWords, missingAnswers, refuseSecret, secretProblems } from './judge-secret.ts';
import { namesOnly } from './names-only.ts';
import { type PlannedRepository, proposeSecret } from './propose-secret.ts';

/** Makes a Secret: what the model says of it, what refers to it, and its files, in one plan. */
export async function create(io: Io, options: SecretsCreateOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const { model } = repository;
  const said = await complete(io, await withAnswersFile(io, options.given, options.config), repository);
  const [owner, name] = [ownerIn(said), firstOf(said, 'name') ?? ''];
  if (owner === undefined) throw new Error('a Secret without an owner was let through');
  const files = filesToMake(repository, said);
  const paths = new Set(files.map(({ path }) => path));
  const strategy = strategies[strategyOf(model)];
  const { seal } = strategy;
  const { keys, values, keyWords, notes } = await contentsOf(io, repository, said, options);
  const what = `secret ${name} of ${owner.kind} ${owner.name}`;
  const isSame = seal !== undefined && paths.size > 1;
  const proposal = await proposeSecret(
    io,
    repository,
    {
      title: `Add ${what}`,
      done: `Added ${what}`,
      declared: { owner, name },
      edits: secretEdits(said, keys, model),
      seal: (planned) => sealAll(planned, { paths, values, seal }),
      notes: [
        ...(isSame ? [`${files.flatMap(({ environment }) => environment ?? []).join(', ')} get the same values.`] : []),
        ...notes,
      ],
      nextSteps: [
        ...files.flatMap((declared) => strategy.checklist({ ...declared, keys }, model)),
        ...(isSame && strategy.id === 'sops' ? [ownValue(files)] : []),
      ],
      words: createWords(said, keyWords),
    },
    options,
  );
  return carryOut(io, proposal, options);
}

/** The values where the strategy takes them; else only the names of the keys. With the flags that say the same again. */
async function contentsOf(
  io: Io,
  { model }: OpenRepository,
  said: SaidOfUnit,
  { config }: SecretsCreateOptions,
): Promise<{ keys: readonly string[]; values: SecretValues; keyWords: readonly string[]; notes: readonly string[] }> {
  const what = `secret ${firstOf(said, 'name') ?? ''}`;
  const type = typeIn(said, model);
  // a new file of what is declared has the keys that the others have
  const keys = [...new Set([...keysIn(said), ...(declarationIn(said, model)?.keys ?? [])])];
  const { id, seal } = strategies[strategyOf(model)];
  if (seal === undefined)
    return {
      keys: namesOnly({ what, type, keys, said, strategy: id }),
      values: new Map(),
      keyWords: keysIn(said).flatMap((key) => ['--key', key]),
      notes: [],
    };
  const request = { what, type, keys, said, isStdinTaken: config === '-', words: createWords(said, []) };
  const { values, asked, notes } = await collectValues(io, request);
  return { keys: [...values.keys()], values, keyWords: asked.flatMap((key) => ['--from-file', `${key}=FILE`]), notes };
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

/** @throws ExpectedError `pending-edits` for an environment whose first cluster was not applied yet */
async function sealAll(
  { model, read }: PlannedRepository,
  { paths, values, seal }: { paths: ReadonlySet<RepoPath>; values: SecretValues; seal: StrategyRow['seal'] },
): Promise<{ sealed: ReadonlyMap<RepoPath, string>; notes: readonly string[] }> {
  if (seal === undefined) return { sealed: new Map(), notes: [] };
  const files = declaredSecrets(model).filter(({ path }) => paths.has(path));
  if (files.length < paths.size)
    throw usageError('this needs edits of flux-repo.yaml that were not applied yet', {
      code: 'pending-edits',
      hint: `${npx} apply, then run the same command again`,
    });
  const sealed: SealedFile[] = [];
  for (const declared of files) sealed.push(await seal({ declared, values }, { model, read, now: new Date() }));
  return {
    sealed: new Map(sealed.map(({ path, text }) => [path, text])),
    notes: sealed.flatMap(({ notes, warnings }) => [...notes, ...warnings.map(({ message }) => message)]),
  };
}

function ownValue([first]: readonly DeclaredSecret[]): NextStep {
  const command = `${npx} ${shellCommand(['secrets', 'set', first?.path ?? 'FILE', 'KEY'])}`;
  return { text: 'To give one environment a value of its own:', commands: [command] };
}
