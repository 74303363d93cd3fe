import type { Environment } from '../git/git-environment.ts';

/** What kubectl itself reads, in upper case: Windows does not care about the case of a variable's name. */
const names: ReadonlySet<string> = new Set([
  'PATH',
  'HOME',
  'KUBECONFIG',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'TMPDIR',
  // Windows starts no program without these
  'APPDATA',
  'COMSPEC',
  'LOCALAPPDATA',
  'PATHEXT',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'USERPROFILE',
]);

/**
 * Which account a cloud's credential plugin takes is told to it by variables of its own cloud; kubectl starts it and
 * hands on what it was given: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
const pluginPrefixes = ['AAD_', 'AWS_', 'AZURE_', 'CLOUDSDK_', 'GOOGLE_', 'OCI_', 'TSH_', 'XDG_'];

/** The environment kubectl gets: what it needs to reach a cluster as this person, and none of our tokens and keys. */
export function kubeEnvironment(callers: Environment): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(callers))
    if (value !== undefined && isNeeded(name.toUpperCase())) kept[name] = value;
  return kept;
}

function isNeeded(name: string): boolean {
  return names.has(name) || pluginPrefixes.some((prefix) => name.startsWith(prefix));
}
