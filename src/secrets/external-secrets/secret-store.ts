import type { Model } from '../../model/model.ts';
import { namespaceOfComponent } from '../../model/namespaces.ts';
import { defaultStore, type SecretStore } from '../../model/secret-store.ts';
import { carrierOf } from '../../model/secret-strategies.ts';

/** Of the account a store is opened as, and of the Secret with a credential where there is one. */
const objectName = 'secret-store';

/** What the template of the store may use. */
export interface StoreView {
  name: string;
  /** Metadata of the account that tells the store who asks; null without one. */
  account: { name: string; namespace: string; annotations?: Record<string, string> } | null;
  /** `spec.provider` of the ClusterSecretStore. */
  provider: object;
}

/** The one credential that must be in a cluster before its store opens. */
export interface StoreCredential {
  namespace: string;
  name: string;
  /** Keys of the Secret, each from a file. */
  keys: readonly string[];
}

/** How one provider is opened. Fields: https://external-secrets.io/latest/api/spec/ */
interface Opening {
  provider: object;
  /** Annotations of the account; undefined when the controller's own account is meant, or a credential. */
  annotations: Record<string, string> | undefined;
}

/** Says where a key of the credential is; a ClusterSecretStore has to name the namespace. */
type Selector = (key: string) => { name: string; namespace: string; key: string };

/** The name by which ExternalSecrets call the store. */
export function storeName(model: Model): string {
  return storeOf(model).name ?? 'platform';
}

/** The store of a repository whose strategy is `external-secrets`. */
export function storeView(model: Model): StoreView {
  const store = storeOf(model);
  const namespace = storeNamespace(model);
  const { provider, annotations } = openingOf(store, namespace);
  const isAnnotated = Object.keys(annotations ?? {}).length > 0;
  return {
    name: storeName(model),
    account:
      annotations === undefined ? null : { name: objectName, namespace, ...(isAnnotated ? { annotations } : {}) },
    provider,
  };
}

/** The credential that somebody must bring by hand; undefined when the cluster's own identity opens the store. */
export function storeCredential(model: Model): StoreCredential | undefined {
  const store = storeOf(model);
  if (store.credential !== true) return undefined;
  return { namespace: storeNamespace(model), name: objectName, keys: credentialKeys[store.provider] };
}

const credentialKeys: Readonly<Record<SecretStore['provider'], readonly string[]>> = {
  aws: ['access-key-id', 'secret-access-key'],
  gcp: ['credentials.json'],
  azure: ['client-id', 'client-secret'],
  vault: ['token'],
};

function storeOf(model: Model): SecretStore {
  return model.secrets.store ?? defaultStore;
}

function storeNamespace(model: Model): string {
  return namespaceOfComponent(model, carrierOf('external-secrets') ?? '') ?? 'external-secrets';
}

function openingOf(store: SecretStore, namespace: string): Opening {
  const key: Selector = (name) => ({ name: objectName, namespace, key: name });
  const account = { serviceAccountRef: { name: objectName, namespace } };
  switch (store.provider) {
    case 'aws':
      return awsStore(store, key, account);
    case 'gcp':
      return gcpStore(store, key, account);
    case 'azure':
      return azureStore(store, key, account);
    case 'vault':
      return vaultStore(store, key, account);
  }
}

type Of<Provider extends SecretStore['provider']> = Extract<SecretStore, { provider: Provider }>;

/** https://external-secrets.io/latest/provider/aws-access/ */
function awsStore({ region, role, credential }: Of<'aws'>, key: Selector, account: object): Opening {
  const service = { service: 'SecretsManager', region: region ?? '${aws_region:=eu-central-1}' };
  const secretRef = {
    accessKeyIDSecretRef: key('access-key-id'),
    secretAccessKeySecretRef: key('secret-access-key'),
  };
  if (credential === true)
    return { provider: { aws: { ...service, ...(role && { role }), auth: { secretRef } } }, annotations: undefined };
  if (role === undefined) return { provider: { aws: service }, annotations: undefined };
  return {
    provider: { aws: { ...service, auth: { jwt: account } } },
    annotations: { 'eks.amazonaws.com/role-arn': role },
  };
}

/** https://external-secrets.io/latest/provider/google-secrets-manager/ */
function gcpStore({ project, serviceAccount, credential }: Of<'gcp'>, key: Selector, account: object): Opening {
  const projectID = project ?? '${gcp_project:=example-project}';
  if (credential === true) {
    const secretRef = { secretAccessKeySecretRef: key('credentials.json') };
    return { provider: { gcpsm: { projectID, auth: { secretRef } } }, annotations: undefined };
  }
  return {
    provider: { gcpsm: { projectID, auth: { workloadIdentity: account } } },
    annotations: serviceAccount === undefined ? {} : { 'iam.gke.io/gcp-service-account': serviceAccount },
  };
}

/** https://external-secrets.io/latest/provider/azure-key-vault/ */
function azureStore(store: Of<'azure'>, key: Selector, account: object): Opening {
  const nobody = '00000000-0000-0000-0000-000000000000';
  const vaultUrl = store.vaultUrl ?? '${azure_vault_url:=https://example.vault.azure.net}';
  const tenantId = store.tenantId ?? `\${azure_tenant_id:=${nobody}}`;
  if (store.credential === true) {
    const authSecretRef = { clientId: key('client-id'), clientSecret: key('client-secret') };
    const azurekv = { authType: 'ServicePrincipal', vaultUrl, tenantId, authSecretRef };
    return { provider: { azurekv }, annotations: undefined };
  }
  return {
    provider: { azurekv: { authType: 'WorkloadIdentity', vaultUrl, ...account } },
    annotations: {
      'azure.workload.identity/client-id': store.clientId ?? `\${azure_client_id:=${nobody}}`,
      'azure.workload.identity/tenant-id': tenantId,
    },
  };
}

/** https://external-secrets.io/latest/provider/hashicorp-vault/ */
function vaultStore(store: Of<'vault'>, key: Selector, account: object): Opening {
  const server = store.server ?? '${vault_server:=https://vault.example.internal}';
  const engine = { server, path: store.path ?? 'secret', version: 'v2' };
  if (store.credential === true)
    return { provider: { vault: { ...engine, auth: { tokenSecretRef: key('token') } } }, annotations: undefined };
  const kubernetes = { mountPath: store.mountPath ?? 'kubernetes', role: store.role ?? 'external-secrets', ...account };
  return { provider: { vault: { ...engine, auth: { kubernetes } } }, annotations: {} };
}
