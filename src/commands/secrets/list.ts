import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import type { ListOptions } from '../../cli/secrets/list-command.ts';
import { listFiles } from '../../git/list-files.ts';
import { isSealedName } from '../../graph/sealed-name.ts';
import { listSecrets } from '../../secrets/list-secrets.ts';
import { openRepository } from '../open-repository.ts';
import { listText } from './list-text.ts';

/** `secrets list`: every encrypted file, and those that are declared and not there. Reads only, and no private key. */
export async function list(io: Io, options: ListOptions): Promise<Outcome> {
  const { root, model, tree } = await openRepository(io, { directory: options.directory, readOnly: true });
  const paths = (await listFiles(root, { env: io.env, signal: io.signal })).filter(isSealedName);
  const { secrets, problems } = await listSecrets({ tree, model, paths });
  return {
    changes: [],
    steps: [],
    nextSteps: [],
    problems,
    result: { secrets },
    text: listText(io, secrets, new Date()),
  };
}
