import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { SecretsOptions } from '../../cli/secrets-command.ts';
import { sweepPrivateFolders } from '../../secrets/private-folder.ts';

/** Runs one verb of `secrets`; each is loaded when it is asked for. First it takes away what a killed `edit` has left. */
export async function secrets(io: Io, options: SecretsOptions): Promise<Outcome> {
  sweepPrivateFolders(io.env);
  switch (options.verb) {
    case 'create':
      return (await import('./create.ts')).create(io, options);
    case 'set':
      return (await import('./set.ts')).set(io, options);
    case 'unset':
      return (await import('./unset.ts')).unset(io, options);
    case 'edit':
      return (await import('./edit.ts')).edit(io, options);
    case 'show':
      return (await import('./show.ts')).show(io, options);
    case 'delete':
      return (await import('./delete.ts')).deleteSecret(io, options);
    case 'list':
      return (await import('./list.ts')).list(io, options);
    case 'verify':
      return (await import('./verify.ts')).verify(io, options);
    case 'scan':
      return (await import('./scan.ts')).scan(io, options);
    case 'recipients':
      return (await import('./recipients.ts')).recipients(io, options);
    case 'rotate':
      return (await import('./rotate.ts')).rotate(io, options);
    case 'push-key':
      return (await import('./push-key.ts')).pushKey(io, options);
  }
}
