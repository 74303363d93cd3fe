import type { SecretStore } from '../../model/secret-store.ts';

/** What people call each store. */
export const storeTitles: Readonly<Record<SecretStore['provider'], string>> = {
  aws: 'AWS Secrets Manager',
  gcp: 'Google Secret Manager',
  azure: 'Azure Key Vault',
  vault: 'Vault',
};
