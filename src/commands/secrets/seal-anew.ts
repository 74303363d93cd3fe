import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import type { DeclaredSecret } from '../../model/declared-secrets.ts';
import type { Model } from '../../model/model.ts';
import { ownerWords, ownSecrets } from '../../wizard/secret-owner.ts';

/**
 * How one file of Sealed Secrets gets other values, which nobody can read: it is deleted and made again, with all that the
 * declaration said of it. Files of other environments stay: nobody has their values any more either.
 */
export function sealAnew({ name, owner, environment, type, keys }: DeclaredSecret, model: Model): string {
  const which = [name, ...ownerWords(owner), ...(environment === undefined ? [] : ['--environment', environment])];
  const { namespace } = ownSecrets(model, owner)[name] ?? {};
  const said = [
    ...(type === 'Opaque' ? [] : ['--type', type]),
    ...(namespace === undefined ? [] : ['--namespace', namespace]),
    ...(type === 'Opaque' ? keys.flatMap((key) => ['--key', key]) : []),
  ];
  const command = (verb: string, ...more: string[]) => `${npx} ${shellCommand(['secrets', verb, ...which, ...more])}`;
  return `${command('delete')}, then ${command('create', ...said)}`;
}
