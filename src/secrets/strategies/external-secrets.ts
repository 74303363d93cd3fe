import { remoteKey } from '../../model/remote-key.ts';
import { defaultStore, type SecretStore } from '../../model/secret-store.ts';
import { remoteProperties } from '../external-secrets/remote-properties.ts';
import { storeTitles } from '../external-secrets/store-titles.ts';
import type { StrategyRow } from './secret-strategy.ts';

/** A vault or a cloud holds the values; git has an ExternalSecret that names them. */
export const externalSecrets: StrategyRow = {
  id: 'external-secrets',
  checklist(declared, model) {
    const store = model.secrets.store ?? defaultStore;
    const command = recipes[store.provider];
    const key = remoteKey(model, declared);
    const properties = remoteProperties(declared).join(', ');
    return [
      {
        text: `Put ${key} into ${storeTitles[store.provider]}: a JSON map with ${properties}, here from a file:`,
        commands: [command(key, store)],
      },
    ];
  },
};

/** How an entry gets into each store, its value from a file. */
const recipes: Readonly<Record<SecretStore['provider'], (key: string, store: SecretStore) => string>> = {
  // https://docs.aws.amazon.com/cli/latest/reference/secretsmanager/create-secret.html
  aws: (key) => `aws secretsmanager create-secret --name ${key} --secret-string file://FILE.json`,
  // https://cloud.google.com/sdk/gcloud/reference/secrets/create
  gcp: (key) => `gcloud secrets create ${key} --data-file=FILE.json`,
  // https://learn.microsoft.com/cli/azure/keyvault/secret
  azure: (key, store) => `az keyvault secret set --vault-name ${vaultNameOf(store)} --name ${key} --file FILE.json`,
  // https://developer.hashicorp.com/vault/docs/commands/kv/put
  vault: (key, store) => `vault kv put -mount=${mountOf(store)} ${key} @FILE.json`,
};

function mountOf(store: SecretStore): string {
  return (store.provider === 'vault' ? store.path : undefined) ?? 'secret';
}

function vaultNameOf(store: SecretStore): string {
  const url = store.provider === 'azure' ? store.vaultUrl : undefined;
  return url === undefined ? 'VAULT' : (new URL(url).hostname.split('.')[0] ?? 'VAULT');
}
