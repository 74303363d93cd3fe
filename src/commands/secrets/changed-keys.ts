import { declaredSecrets } from '../../model/declared-secrets.ts';
import type { ModelEdit } from '../../model/edit-model.ts';
import { keysOf } from '../../secrets/values/key-place.ts';
import { declarationPath, followsFromOwner, ownSecrets } from '../../wizard/secret-owner.ts';
import type { OpenRepository } from '../open-repository.ts';
import type { SecretFile } from './secret-file.ts';

/**
 * What the model is to say of a Secret's keys once one of its files has other ones: keys that came are added; keys that
 * went are taken out unless the file of another environment still has them. Of what follows from its owner it says nothing.
 *
 * @param text of the file as it will be
 */
export function keyEdits({ model, tree }: OpenRepository, file: SecretFile, text: string): ModelEdit[] {
  const { declared, source } = file;
  if (declared === undefined) return [];
  const { owner, name } = declared;
  if (followsFromOwner(model, owner, name)) return [];
  const after = keysOf({ ...source, text });
  const gone = keysOf(source).filter((key) => !after.includes(key));
  const siblings = declaredSecrets(model).filter(
    (other) =>
      other.name === name &&
      other.owner.kind === owner.kind &&
      other.owner.name === owner.name &&
      other.path !== file.path,
  );
  const elsewhere = new Set(
    siblings.flatMap(({ path }) => {
      const contents = tree.read(path);
      return typeof contents === 'string' ? keysOf({ file: path, text: contents }) : [];
    }),
  );
  const before = ownSecrets(model, owner)[name]?.keys ?? [];
  const kept = before.filter((key) => !gone.includes(key) || elsewhere.has(key));
  const keys = [...new Set([...kept, ...after])].sort();
  const isSame = keys.length === before.length && keys.every((key) => before.includes(key));
  return isSame || keys.length === 0 ? [] : [{ path: [...declarationPath(owner, name), 'keys'], value: keys }];
}
