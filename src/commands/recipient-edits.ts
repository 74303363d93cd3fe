import type { ModelEdit } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import type { KeyName } from '../secrets/key-name.ts';
import { withRecipients } from './keys-to-make.ts';

/** Where the public halves of new keys go in the model. */
export function recipientEdits(model: Model, keys: readonly NamedKey[]): ModelEdit[] {
  const after = withRecipients(model, keys);
  return keys.flatMap(({ key }) => editFor(after, key) ?? []);
}

function editFor({ clusters, environments, secrets }: Model, key: KeyName): ModelEdit | undefined {
  switch (key.kind) {
    case 'recovery':
      return { path: ['secrets', 'recipients', 'recovery'], value: secrets.recipients?.recovery };
    case 'cluster':
      return { path: ['clusters', key.name, 'recipients'], value: clusters[key.name]?.recipients };
    case 'environment':
      return { path: ['environments', key.name, 'recipients'], value: environments[key.name]?.recipients };
    case 'sealing':
      // its certificate is a file
      return undefined;
    case 'team':
      throw new Error('no key of a team is made here');
  }
}
