import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { declaredSecrets } from '../../src/model/declared-secrets.ts';
import { readModel } from '../../src/model/read-model.ts';
import { encryptFile } from '../../src/secrets/format/encrypt-file.ts';
import { readSopsConfig } from '../../src/secrets/sops-config/read-sops-config.ts';
import { ruleFor } from '../../src/secrets/sops-config/rule-for.ts';
import { type MadeRepository, madeRepository } from './made-repository.ts';

/** What every Secret of `repositoryWithSecrets` says. */
export const secretValue = 'correct-horse-battery';

/**
 * A committed repository whose app `web` has Secrets in both environments, encrypted for whom `.sops.yaml` names.
 * @param options.names of the Secrets, `db` without
 * @param options.argv for `create`, besides the app
 */
export async function repositoryWithSecrets(
  options: { names?: readonly string[]; argv?: readonly string[]; columns?: number } = {},
): Promise<MadeRepository> {
  const { names = ['db'], argv = [] } = options;
  const screen = options.columns === undefined ? {} : { columns: options.columns };
  const repository = await madeRepository(['--app', 'web', '--component', 'none', ...argv], screen);
  const model = readModel({ text: repository.read('flux-repo.yaml'), file: 'flux-repo.yaml' });
  const environments = Object.keys(model.environments).sort().join(', ');
  const lines = [...names]
    .sort()
    .map((name) => `      ${name}:\n        environments: [${environments}]\n        keys: [password]\n`);
  repository.edit(
    'flux-repo.yaml',
    '    image: nginx:1.27\n',
    `    image: nginx:1.27\n    secrets:\n${lines.join('')}`,
  );
  await sealDeclared(repository);
  const { code, err } = await repository.run('apply', '--yes');
  if (code !== 0) throw new Error(err);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'Secrets');
  return repository;
}

/** Writes the files of declared Secrets, each with one `password`. */
export async function sealDeclared(
  repository: Pick<MadeRepository, 'read' | 'write'>,
  value = secretValue,
): Promise<string[]> {
  const model = readModel({ text: repository.read('flux-repo.yaml'), file: 'flux-repo.yaml' });
  const config = await readSopsConfig({ text: repository.read('.sops.yaml'), file: '.sops.yaml' });
  const paths: string[] = [];
  for (const { name, namespace, path } of declaredSecrets(model)) {
    const rule = ruleFor(config, path);
    const metadata = `  name: ${name}\n  namespace: ${namespace}\n`;
    const text = `apiVersion: v1\nkind: Secret\nmetadata:\n${metadata}stringData:\n  password: ${value}\n`;
    const recipients = rule.recipients.map(({ recipient }) => recipient);
    const { encryption, macOnlyEncrypted } = rule;
    const about = { recipients, rule: encryption, macOnlyEncrypted, now: new Date() };
    repository.write(path, await encryptFile({ text, file: path }, about));
    paths.push(path);
  }
  return paths;
}

/** Public keys in the `sops` block of a file. */
export function recipientsOf(repository: MadeRepository, path: string): string[] {
  const { sops } = parse(repository.read(path)) as { sops: { age: { recipient: string }[] } }; // as encrypted above
  return sops.age.map(({ recipient }) => recipient);
}

/** The repository's keys folder. */
export function keysFolderOf({ system, read }: MadeRepository): string {
  const model = readModel({ text: read('flux-repo.yaml'), file: 'flux-repo.yaml' });
  return join(system.home, '.config/create-flux-repo/keys', `${model.repository.name}-${model.id}`);
}

/** The identity in a key file, which is a private key. */
export function identityIn(path: string): string {
  return /^AGE-SECRET-KEY-.*$/m.exec(readFileSync(path, 'utf8'))?.[0] ?? '';
}
