import type { KnownNotification } from '../model/notifications.ts';
import type { SecretInput } from './secret-types.ts';

/** Values of many lines: nobody types those. */
const inFiles = ['creds', 'headers', 'githubAppPrivateKey'];

const shown: Readonly<Record<string, string>> = {
  address: 'Address',
  token: 'Token',
  username: 'Username',
  password: 'Password',
  creds: 'Credentials (.creds)',
  nkey: 'NKey seed',
  headers: 'Headers (YAML)',
  githubAppID: 'ID of the GitHub App',
  githubAppInstallationID: 'ID of its installation',
  githubAppInstallationOwner: 'Owner of its installation',
  githubAppPrivateKey: 'Private key of the GitHub App',
};

/** How a person is asked for one value of a notification's Secret: never shown while it is typed. */
export function credentialInput({ name, row }: Pick<KnownNotification, 'name' | 'row'>, key: string): SecretInput {
  const isFile = inFiles.includes(key);
  const what = `${shown[key] ?? key} for ${row.title} (${name})`;
  return { key, message: isFile ? `Which file holds: ${what}?` : `${what}?`, kind: isFile ? 'file' : 'hidden' };
}

/** Why a value cannot be right; the value is not in it. */
export function credentialFault({ type, row }: Pick<KnownNotification, 'type' | 'row'>, key: string, value: string) {
  const text = value.trim();
  if (text === '') return 'is empty';
  if (text.length > 2048 && key === 'address') return 'is longer than the 2048 characters that Flux takes';
  if (key === 'address' && !addressPattern(type).test(text))
    return `is no address for ${row.title}${type === 'slack' && text.startsWith('xox') ? ': it is the token of a bot, so say that the credential is token' : ''}`;
  // https://fluxcd.io/flux/components/notification/providers/#bitbucket
  if (type === 'bitbucket' && key === 'token' && !text.includes(':')) return 'must be USER:APP_PASSWORD';
  if (key === 'githubAppPrivateKey' && !text.startsWith('-----BEGIN ')) return 'is no private key in PEM';
  return undefined;
}

function addressPattern(type: string): RegExp {
  if (type === 'azureeventhub' || type === 'googlepubsub') return /^\S+$/;
  return type === 'nats' ? /^(nats|tls|wss?):\/\/\S+$/ : /^https?:\/\/\S+$/;
}
