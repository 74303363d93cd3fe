import { declaredSecrets, type SecretOwner } from '../model/declared-secrets.ts';
import { type ModelEdit, withEdits } from '../model/edit-model.ts';
import { type Model, modelSchema } from '../model/model.ts';
import { validated } from '../model/read-model.ts';
import { strategyOf } from '../model/settings.ts';
import { strategies } from '../secrets/strategies/strategies.ts';
import type { SecretValues } from '../secrets/values/secret-value.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/** A Secret whose values are known with the plan: made just now, or said by the person. In memory only. */
export interface NewCredential {
  owner: SecretOwner;
  /** The Secret's name. */
  secret: string;
  /** The only environment whose file is to be made; absent: every one of the owner's. */
  environment?: string | undefined;
  values: SecretValues;
  /** What of it is public, for the model. */
  edits: readonly ModelEdit[];
}

/** Where the public halves go in the model. */
export function credentialEdits(credentials: readonly NewCredential[]): ModelEdit[] {
  return credentials.flatMap(({ edits }) => edits);
}

/** The model with the public halves. */
export function withCredentials(model: Model, credentials: readonly NewCredential[]): Model {
  const edits = credentialEdits(credentials);
  return edits.length === 0 ? model : validated(modelSchema, withEdits(model, edits), 'the model');
}

/**
 * Seals credentials, a file for each environment of the owner.
 *
 * @param read files as they will be: what says who is to read it may be part of the same plan
 * @returns path -> ciphertext
 */
export async function sealCredentials(
  credentials: readonly NewCredential[],
  { model, read }: { model: Model; read(path: RepoPath): string | undefined },
): Promise<Map<RepoPath, string>> {
  const { seal } = strategies[strategyOf(model)];
  const sealed = new Map<RepoPath, string>();
  if (seal === undefined || credentials.length === 0) return sealed;
  for (const declared of declaredSecrets(model)) {
    const made = credentials.find(
      ({ owner, secret, environment = declared.environment }) =>
        declared.owner.kind === owner.kind &&
        declared.owner.name === owner.name &&
        declared.name === secret &&
        declared.environment === environment,
    );
    if (made === undefined) continue;
    const file = await seal({ declared, values: made.values }, { model, read, now: new Date() });
    sealed.set(file.path, file.text);
  }
  return sealed;
}
