import { resolve } from 'node:path';
import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { SecretsDeleteOptions } from '../../cli/secrets/delete-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../../errors.ts';
import { type DeclaredSecret, declaredSecrets } from '../../model/declared-secrets.ts';
import type { ModelEdit } from '../../model/edit-model.ts';
import { strategyOf } from '../../model/settings.ts';
import { nearest } from '../../nearest.ts';
import { strategies } from '../../secrets/strategies/strategies.ts';
import { declarationPath, ownerWords, ownSecrets } from '../../wizard/secret-owner.ts';
import { againWords, withFlags } from '../again.ts';
import { carryOut } from '../carry-out.ts';
import { type OpenRepository, openRepository } from '../open-repository.ts';
import { proposeSecret } from './propose-secret.ts';
import { namedSecrets, pathInside } from './secret-file.ts';

/** Takes a Secret away, in all environments or in one: files, what refers to them, what the model says. */
export async function deleteSecret(io: Io, options: SecretsDeleteOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  const { files, environments } = meant(repository, options, io.cwd);
  const [{ name, owner }] = files;
  const place = environments === undefined ? '' : ` in ${environments.join(', ')}`;
  const what = `secret ${name} of ${owner.kind} ${owner.name}${place}`;
  const strategy = strategies[strategyOf(repository.model)];
  const words = [
    ...['secrets', 'delete', name, ...ownerWords(owner)],
    ...(environments ?? []).flatMap((environment) => ['--environment', environment]),
    ...['--confirm', name],
  ];
  const proposal = await proposeSecret(
    io,
    repository,
    {
      title: `Delete ${what}`,
      done: `Deleted ${what}`,
      declared: { owner, name },
      edits: removal(repository, files, environments),
      seal: async () => ({ sealed: new Map(), notes: [] }),
      ...(strategy.seal !== undefined && { unsealed: new Set(files.map(({ path }) => path)) }),
      notes: [
        `${strategy.id === 'none' ? 'Yours to delete is' : 'Flux deletes'} Secret ${files[0].namespace}/${name}${place}; what uses it is for you to change first.`,
        ...(strategy.seal === undefined
          ? []
          : ['Its values stay in the history of git: change them where they give access.']),
      ],
      words,
    },
    options,
  );
  if (!options.dryRun) await confirm(io, name, options, words);
  return carryOut(io, proposal, options);
}

type SomeSecrets = [DeclaredSecret, ...DeclaredSecret[]];

/** @returns the files that go, and the environments where only some of them do */
function meant(
  { model, root }: OpenRepository,
  { target }: SecretsDeleteOptions,
  cwd: string,
): { files: SomeSecrets; environments: string[] | undefined } {
  const all = declaredSecrets(model);
  const inside = pathInside(root, resolve(cwd, target.file));
  const byPath = all.filter(({ path }) => path === inside);
  const found = byPath.length > 0 ? byPath : namedSecrets(target, all);
  const [first, ...others] = found;
  if (first === undefined) throw unknown(target.file, all);
  const owners = new Set(found.map(({ owner }) => `--${owner.kind} ${owner.name}`));
  if (owners.size > 1)
    throw usageError(`several have a secret ${target.file}: say whose`, {
      code: 'secret-ambiguous',
      why: [...owners],
      hint: 'add --app, --component, --team, --cluster or --notification',
    });
  if (first.owner.kind === 'notification')
    throw usageError(`secret ${first.name} is what notification ${first.owner.name} needs`, {
      code: 'secret-needed',
      hint: `${npx} remove notification ${first.owner.name}, and its Secret goes with it`,
    });
  const isPart =
    found.length < namedSecrets({ ...noFlags, file: first.name, [first.owner.kind]: first.owner.name }, all).length;
  return {
    files: [first, ...others],
    environments: isPart ? found.flatMap(({ environment }) => environment ?? []) : undefined,
  };
}

const noFlags = {
  app: undefined,
  component: undefined,
  cluster: undefined,
  team: undefined,
  notification: undefined,
  environment: undefined,
};

/**
 * The declaration goes with its last file, and an owner's `secrets` with the last declaration.
 * @param gone environments, where others keep it
 */
function removal({ model }: OpenRepository, [{ owner, name }]: SomeSecrets, gone: string[] | undefined): ModelEdit[] {
  const path = declarationPath(owner, name);
  const own = ownSecrets(model, owner);
  if (gone !== undefined) {
    const left = (own[name]?.environments ?? []).filter((environment) => !gone.includes(environment));
    return [{ path: [...path, 'environments'], value: left }];
  }
  const [map, unit, secrets] = path;
  return [{ path: Object.keys(own).length === 1 ? [map, unit, secrets] : path, value: undefined }];
}

/** @throws ExpectedError `needs-confirmation` (exit 3), Cancelled */
async function confirm(
  io: Io,
  name: string,
  { confirm: said, ...besides }: SecretsDeleteOptions,
  words: readonly string[],
): Promise<void> {
  if (said === name) return;
  if (said !== undefined)
    throw usageError(`--confirm ${said}: the Secret is called ${name}`, { code: 'wrong-confirmation' });
  if (!io.interactive)
    throw new ExpectedError({
      code: 'needs-confirmation',
      exitCode: 3,
      message: `deleting secret ${name} must be confirmed`,
      why: ['Flux deletes it in the cluster. --yes alone does not say so.'],
      hint: `${npx} ${shellCommand(withFlags(againWords(words, besides), '--yes'))}`,
    });
  const { terminalPrompts } = await import('../../wizard/prompts.ts');
  await terminalPrompts(io).text({
    message: `Type ${name} to delete it`,
    validate: (text) => (text.trim() === name ? undefined : `Type ${name}, or leave with Ctrl-C`),
  });
}

function unknown(name: string, all: readonly DeclaredSecret[]): ExpectedError {
  const names = [...new Set(all.map((declared) => declared.name))];
  const near = nearest(name, names);
  return usageError(`flux-repo.yaml declares no such Secret: ${name}`, {
    code: 'secret-missing',
    why: names.length === 0 ? [] : [`It declares: ${names.join(', ')}.`],
    hint: near === undefined ? 'a file that it does not know is yours to delete' : `did you mean ${near}?`,
  });
}
