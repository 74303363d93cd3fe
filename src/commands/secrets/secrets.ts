import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { SecretsOptions } from '../../cli/secrets-command.ts';

/** Runs one verb of `secrets`; each is loaded when it is asked for. */
export async function secrets(io: Io, options: SecretsOptions): Promise<Outcome> {
  switch (options.verb) {
    case 'list':
      return (await import('./list.ts')).list(io, options);
    case 'verify':
      return (await import('./verify.ts')).verify(io, options);
  }
}
