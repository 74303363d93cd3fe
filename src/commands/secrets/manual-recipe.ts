import { join } from 'node:path';
import type { Io } from '../../cli/io.ts';
import type { NextStep } from '../../cli/outcome.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import type { Model } from '../../model/model.ts';
import { repositoryKeys } from '../../secrets/keys-folder.ts';
import { rotationsOf, wantedOf } from '../../secrets/rotation/wanted-keys.ts';

/** How a person gives a cluster its keys with kubectl alone: beside those of others, and without a key in an argument. */
export function manualRecipe(
  io: Io,
  model: Model,
  { cluster, context, keysDirectory }: { cluster: string; context: string; keysDirectory: string | undefined },
): NextStep[] {
  const folder = repositoryKeys({ ...io, flag: keysDirectory }, { repository: model.repository.name, id: model.id });
  const files = rotationsOf(model, cluster)
    .flatMap(wantedOf)
    .map(({ entry }) => `--from-file=${entry}=${join(folder, entry)}`);
  const kubectl = ['kubectl', '--context', context];
  const secret = [...kubectl, '-n', 'flux-system', 'create', 'secret', 'generic', 'sops-age', ...files];
  return [
    {
      text: `By hand, where kubectl reaches ${cluster}:`,
      commands: [
        shellCommand([...kubectl, 'create', 'namespace', 'flux-system']),
        `${shellCommand([...secret, '--dry-run=client', '--output=yaml'])} |\n         ${shellCommand([...kubectl, 'apply', '--server-side', '--field-manager=create-flux-repo', '--filename=-'])}`,
      ],
    },
  ];
}
