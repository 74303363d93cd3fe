import type { Io } from '../cli/io.ts';
import { ExpectedError } from '../errors.ts';
import { type DeclaredSecret, declaredSecrets } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';
import { findIdentities } from '../secrets/find-identities.ts';
import { decryptFile } from '../secrets/format/decrypt-file.ts';
import { sourceAt } from '../secrets/sealed-file.ts';
import type { Secret } from '../secrets/secret.ts';
import type { SecretValues } from '../secrets/values/secret-value.ts';
import type { NewCredential } from './new-credential.ts';
import type { OpenRepository } from './open-repository.ts';

/**
 * Secrets that a change declares in one more environment, with the values that another environment has: a team has one
 * deploy key, a receiver one token. Where no private key at hand opens that file they are left out, for a person to make.
 *
 * @param applied without the change
 * @param wanted with it
 * @param made just now, for all environments
 */
export async function copiedCredentials(
  io: Io,
  { tree }: Pick<OpenRepository, 'tree'>,
  { applied, wanted, made }: { applied: Model; wanted: Model; made: readonly NewCredential[] },
  keysDirectory: string | undefined,
): Promise<NewCredential[]> {
  if (strategyOf(wanted) !== 'sops') return [];
  const known = new Set(declaredSecrets(applied).map(({ path }) => path));
  const all = declaredSecrets(wanted);
  const copies = all.flatMap((declared) => {
    const isNew = !known.has(declared.path) && tree.kindOf(declared.path) === undefined;
    const isMade = made.some(({ owner, secret }) => isOf(declared, { owner, name: secret }));
    const like = all.find((other) => isOf(other, declared) && tree.kindOf(other.path) === 'file');
    return isNew && isShared(wanted, declared) && !isMade && like !== undefined ? [{ declared, like }] : [];
  });
  if (copies.length === 0) return [];
  const owner = { repository: wanted.repository.name, id: wanted.id };
  const { identities } = await findIdentities({ ...io, flag: keysDirectory }, owner);
  const secrets = identities.map(({ secret }) => secret);
  const found = copies.map(async ({ declared, like }) => {
    const values = await valuesIn(tree, like, secrets);
    const { owner: whose, name, environment } = declared;
    return values === undefined ? [] : [{ owner: whose, secret: name, environment, values, edits: [] }];
  });
  return (await Promise.all(found)).flat();
}

/** What follows from the model is the same everywhere; what people declare has values of its own in each environment. */
function isShared({ teams }: Model, { owner: { kind, name }, name: secret }: DeclaredSecret): boolean {
  return kind === 'notification' || (kind === 'team' && teams[name]?.secrets?.[secret] === undefined);
}

function isOf({ owner, name }: DeclaredSecret, other: Pick<DeclaredSecret, 'owner' | 'name'>): boolean {
  return owner.kind === other.owner.kind && owner.name === other.owner.name && name === other.name;
}

/** Undefined where it cannot be opened. */
async function valuesIn(
  tree: OpenRepository['tree'],
  { path }: DeclaredSecret,
  identities: readonly Secret[],
): Promise<SecretValues | undefined> {
  try {
    const { values } = await decryptFile(sourceAt(tree, path), identities);
    return new Map(
      values.flatMap(({ path: [field, key = ''], value }) =>
        field === 'stringData' || field === 'data' ? [[String(key), { text: value, isBinary: field === 'data' }]] : [],
      ),
    );
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
