import * as v from 'valibot';
import { fields, label, text, truth } from './fields.ts';

/** Where the strategy `external-secrets` reads values from. */
const storeProviders = ['aws', 'gcp', 'azure', 'vault'] as const;

const matching = (pattern: RegExp, shape: string) => v.optional(v.pipe(text(), v.regex(pattern, `must be ${shape}`)));

const address = (shape: string) => matching(/^https:\/\/[a-zA-Z0-9.-]+(:\d+)?\/?$/, shape);

const uuid = () =>
  matching(
    /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
    'a UUID such as 00000000-0000-0000-0000-000000000000',
  );

/** What every store may say. */
const common = {
  /** Of the ClusterSecretStore. */
  name: v.optional(label()),
  /** A credential kept in a Secret of the cluster instead of the cluster's own identity. */
  credential: v.optional(truth()),
};

/**
 * A store by its provider. What is left out is a variable of the cluster, since clusters of one environment may differ in it.
 * Facts: https://external-secrets.io/latest/provider/aws-secrets-manager/ and the pages beside it.
 */
const stores = {
  /** AWS Secrets Manager. Without a role the controller's own identity is taken, for example by EKS Pod Identity. */
  aws: fields({
    provider: v.literal('aws'),
    ...common,
    region: matching(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'a region such as eu-central-1'),
    role: matching(
      /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      'the ARN of a role such as arn:aws:iam::123456789012:role/secrets',
    ),
  }),
  /** Google Secret Manager, by Workload Identity; with `serviceAccount` as that Google account. */
  gcp: fields({
    provider: v.literal('gcp'),
    ...common,
    project: matching(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "a project's ID such as acme-production"),
    serviceAccount: matching(
      /^[a-z0-9-]+@[a-z0-9.-]+\.gserviceaccount\.com$/,
      'an account such as secrets@acme-production.iam.gserviceaccount.com',
    ),
  }),
  /** Azure Key Vault, by Workload Identity. */
  azure: fields({
    provider: v.literal('azure'),
    ...common,
    vaultUrl: address('an address such as https://acme.vault.azure.net'),
    tenantId: uuid(),
    clientId: uuid(),
  }),
  /** HashiCorp Vault, its KV engine in version 2, by a Kubernetes account. */
  vault: fields({
    provider: v.literal('vault'),
    ...common,
    server: address('an address such as https://vault.example.com:8200'),
    path: matching(/^\w[\w./-]*$/, 'the path of a KV engine such as secret'),
    role: matching(/^\w[\w.-]*$/, 'the name of a role in Vault'),
    mountPath: matching(/^\w[\w./-]*$/, 'the path of the Kubernetes login such as kubernetes'),
  }),
};

/** `secrets.store` of the model. */
export const secretStore = v.variant(
  'provider',
  [stores.aws, stores.gcp, stores.azure, stores.vault],
  (issue) => `must be one of ${storeProviders.join(', ')}${issue.received === 'undefined' ? ', and is missing' : ''}`,
);

export type SecretStore = v.InferOutput<typeof secretStore>;

/** What a repository gets whose answers name no store. */
export const defaultStore: SecretStore = { provider: 'aws' };
