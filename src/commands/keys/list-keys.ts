import type { Io } from '../../cli/io.ts';
import type { KeysListOptions } from '../../cli/keys-command.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { printable } from '../../cli/printable.ts';
import { tableLines } from '../../cli/table.ts';
import { inOrder } from '../../model/units.ts';
import { isSameKey } from '../../publish/ensure-deploy-key.ts';
import { isTitleOf } from '../../publish/steps/deploy-key.ts';
import { deployKeyFolder, readDeployKey } from '../../secrets/deploy-keys/deploy-key-folder.ts';
import { openKeys } from './open-keys.ts';

/** One deploy key, here or at the provider. */
interface KeyRow {
  title: string;
  /** Whose it is; absent for a key that is not ours. */
  cluster?: string;
  /** `read` and `write` at the provider; `missing` when it is only here. */
  rights: 'read' | 'write' | 'missing';
  /** Whether the private half is on this machine. */
  isHere: boolean;
  publicKey: string;
}

/** `keys list`: every deploy key of the repository, those of others too, and keys that the provider does not have. */
export async function listKeys(io: Io, options: KeysListOptions): Promise<Outcome> {
  const { model, repository, registered, folder, place, redact } = await openKeys(io, options);
  const kept = await Promise.all(
    inOrder(model.clusters).flatMap(([cluster]) =>
      [false, true].map(async (isNext) => ({
        cluster,
        key: await readDeployKey(deployKeyFolder(folder, cluster, isNext)),
      })),
    ),
  );
  const here = kept.flatMap(({ cluster, key }) => (key === undefined ? [] : [{ cluster, publicKey: key.publicKey }]));
  const rows: KeyRow[] = registered.map(({ title, publicKey, readOnly }) => {
    const own = here.find((key) => isSameKey(key.publicKey, publicKey));
    const cluster = own?.cluster ?? Object.keys(model.clusters).find((name) => isTitleOf(name, title));
    const rights = readOnly ? 'read' : 'write';
    return { title, ...(cluster !== undefined && { cluster }), rights, isHere: own !== undefined, publicKey };
  });
  const missing = here.filter(({ publicKey }) => !registered.some((key) => isSameKey(key.publicKey, publicKey)));
  for (const { cluster, publicKey } of missing)
    rows.push({ title: '', cluster, rights: 'missing', isHere: true, publicKey });
  const without = inOrder(model.clusters).filter(
    ([name]) => !rows.some(({ cluster, rights }) => cluster === name && rights !== 'missing'),
  );
  return {
    changes: [],
    steps: [],
    problems: without.map(([name]) => ({
      rule: 'keys/no-deploy-key',
      severity: 'warning',
      message: `cluster ${name} has no deploy key at ${place.provider.host}`,
    })),
    nextSteps: [],
    redact,
    result: { repository: model.repository.name, id: model.id, url: repository.webUrl, deployKeys: rows },
    text: keysText(
      rows,
      `${repository.fullName} on ${place.provider.host}`,
      without.map(([name]) => name),
    ),
  };
}

function keysText(rows: readonly KeyRow[], where: string, without: readonly string[]): string {
  const lines = rows.map(({ title, cluster = '(not ours)', rights, isHere }) => [
    cluster,
    printable(title),
    rights === 'missing' ? 'not at the provider' : rights,
    isHere ? 'private half here' : '',
  ]);
  const heading = `${rows.length === 0 ? 'No deploy key' : 'Deploy keys'} of ${where}`;
  const lacking = without.map((name) => `Cluster ${name} has none.\n`).join('');
  return `${heading}\n${lines.length === 0 ? '' : `${tableLines(lines).join('\n')}\n`}${lacking}`;
}
