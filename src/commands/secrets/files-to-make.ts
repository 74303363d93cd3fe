import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError } from '../../errors.ts';
import { type DeclaredSecret, declaredSecrets } from '../../model/declared-secrets.ts';
import { withEdits } from '../../model/edit-model.ts';
import { type Model, modelSchema } from '../../model/model.ts';
import { validated } from '../../model/read-model.ts';
import { strategyOf } from '../../model/settings.ts';
import { strategies } from '../../secrets/strategies/strategies.ts';
import { firstOf, type SaidOfUnit } from '../../wizard/addition.ts';
import { secretEdits } from '../../wizard/secret-edits.ts';
import { declarationIn, ownerIn } from '../../wizard/secret-owner.ts';
import type { OpenRepository } from '../open-repository.ts';
import { sealAnew } from './seal-anew.ts';

/**
 * The files that the Secret is to have and that are not there.
 * @throws ExpectedError `exists-already` when there is none
 */
export function filesToMake({ model, tree }: OpenRepository, said: SaidOfUnit): DeclaredSecret[] {
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
  const declared = new Set(declaredSecrets(model).map(({ path }) => path));
  const isSealed = strategies[strategyOf(model)].seal !== undefined;
  const missing = files.filter(({ path }) => (isSealed ? tree.kindOf(path) === undefined : !declared.has(path)));
  const [first] = files;
  if (first === undefined) throw new Error('a Secret without a file was let through');
  if (missing.length > 0) return missing;
  throw new ExpectedError({
    code: 'exists-already',
    exitCode: 2,
    message: `cannot create secret ${first.name}: it is there already`,
    why: isSealed ? files.map(({ path }) => path) : ['flux-repo.yaml declares it.'],
    hint: howToChange(model, first),
  });
}

function howToChange(model: Model, first: DeclaredSecret): string {
  const { path } = first;
  switch (strategyOf(model)) {
    case 'sops':
      return `set a value of it: ${npx} ${shellCommand(['secrets', 'set', path, 'KEY'])}`;
    case 'sealed-secrets':
      return `its values cannot be read again; for others: ${sealAnew(first, model)}`;
    default:
      return `change its keys in flux-repo.yaml, then run: ${npx} apply`;
  }
}
