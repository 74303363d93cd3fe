import type { Model } from '../../model/model.ts';
import { keyScopeOf } from '../../model/settings.ts';
import { clustersOf, inOrder, livingEnvironments } from '../../model/units.ts';

/** Who can decrypt a folder: the public key, and whose it is. */
export interface Reader {
  recipient: string;
  name: string;
}

/** One creation rule: every folder with secrets has its own, and no file matches two. */
export interface SopsRule {
  folder: string;
  readers: Reader[];
}

/** The rules of `.sops.yaml`, the most special first. A folder that nobody could decrypt has none. */
export function sopsRules(model: Model): SopsRule[] {
  const people = inOrder(model.secrets.recipients).map(([name, recipient]) => ({ name, recipient }));
  const rule = (folder: string, readers: Reader[]) =>
    readers.length === 0 ? [] : [{ folder, readers: [...readers, ...people] }];
  return [
    ...inOrder(model.clusters).flatMap(([cluster]) => rule(`secrets/${cluster}`, clusterReaders(model, cluster))),
    ...['infrastructure', 'apps'].flatMap((root) =>
      livingEnvironments(model).flatMap((environment) =>
        rule(`${root}/overlays/${environment}`, environmentReaders(model, environment)),
      ),
    ),
  ];
}

function clusterReaders(model: Model, cluster: string): Reader[] {
  return (model.clusters[cluster]?.recipients ?? []).map((recipient) => ({ name: `cluster ${cluster}`, recipient }));
}

/** An overlay is for all clusters of its environment: their own keys, or the one they share. */
function environmentReaders(model: Model, environment: string): Reader[] {
  if (keyScopeOf(model) === 'cluster')
    return clustersOf(model, environment).flatMap((cluster) => clusterReaders(model, cluster));
  const recipients = model.environments[environment]?.recipients ?? [];
  return recipients.map((recipient) => ({ name: `environment ${environment}`, recipient }));
}

/**
 * The rules as lines of a list below `creation_rules:`. One key group with one key a line, because only there every
 * version of SOPS takes a list, and with it a comment per key. SOPS matches the path with the system's own separator.
 * https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files
 */
export function sopsRulesText(rules: readonly SopsRule[]): string {
  const lines = rules.flatMap(({ folder, readers }) => [
    `  - path_regex: ^${folder.replaceAll('/', '[/\\\\]')}[/\\\\].*\\.sops\\.ya?ml$`,
    '    encrypted_regex: ^(data|stringData)$',
    '    mac_only_encrypted: true',
    '    key_groups:',
    '      - age:',
    ...readers.map(({ recipient, name }) => `          - ${recipient} # ${name}`),
  ]);
  return `${lines.join('\n')}\n`;
}
