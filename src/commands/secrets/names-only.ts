import { npx } from '../../cli/program.ts';
import { usageError } from '../../errors.ts';
import type { SecretType } from '../../model/secret-fields.ts';
import { type SecretStrategy, traitOf } from '../../model/secret-strategies.ts';
import { secretTypeRows } from '../../secrets/secret-types.ts';
import type { SaidOfUnit } from '../../wizard/addition.ts';

/** A Secret whose values never pass through the repository. */
interface NamedSecret {
  /** For errors: `secret db`. */
  what: string;
  type: SecretType;
  keys: readonly string[];
  said: SaidOfUnit;
  strategy: SecretStrategy;
}

/**
 * The names of its keys: those that were said, and those of its type.
 *
 * @throws ExpectedError (exit 2) when there are none, or values are given
 */
export function namesOnly({ what, type, keys, said, strategy }: NamedSecret): string[] {
  const { title } = traitOf(strategy);
  if (said['from-file'] !== undefined || said['from-env-file'] !== undefined)
    throw usageError(`${what}: values have no place here; secrets are kept by: ${title}`, {
      code: 'values-elsewhere',
      hint: 'name its keys instead: --key KEY',
    });
  const { inputs, insteadOfInputs } = secretTypeRows[type];
  const needed = inputs.flatMap(({ key, isOptional }) => (isOptional ? [] : [key]));
  const own = insteadOfInputs === undefined ? needed : [insteadOfInputs];
  const names = [...new Set([...own, ...keys])].sort();
  if (names.length > 0) return names;
  throw usageError(`${what} has no keys`, { code: 'missing-answers', hint: `${npx} secrets create NAME --key KEY` });
}
