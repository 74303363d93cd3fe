import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { SecretsOptions } from '../../cli/secrets-command.ts';

/** Runs one verb of `secrets`; each is loaded when it is asked for. */
export async function secrets(_io: Io, options: SecretsOptions): Promise<Outcome> {
  throw new Error(`no verb of secrets: ${String(options)}`);
}
