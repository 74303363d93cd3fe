import type { Io } from '../../cli/io.ts';
import type { KeysOptions } from '../../cli/keys-command.ts';
import type { Outcome } from '../../cli/outcome.ts';

/** Runs one verb of `keys`; each is loaded when it is asked for. */
export async function keys(io: Io, options: KeysOptions): Promise<Outcome> {
  switch (options.verb) {
    case 'list':
      return (await import('./list-keys.ts')).listKeys(io, options);
    case 'rotate':
      return (await import('./rotate-key.ts')).rotateKey(io, options);
    case 'revoke':
      return (await import('./revoke-key.ts')).revokeKey(io, options);
  }
}
