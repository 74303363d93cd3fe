import { ExpectedError } from '../errors.ts';
import { type FluxGraph, fluxGraph } from '../graph/reconciled-by.ts';
import { type DeclaredSecret, declaredSecrets } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { recipientNames } from '../model/recipient-names.ts';
import type { SecretStrategy } from '../model/secret-strategies.ts';
import { strategyOf } from '../model/settings.ts';
import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { pathText } from './format/format-error.ts';
import { type Inspection, inspectFile } from './format/inspect-file.ts';
import { meantFor } from './meant-for.ts';
import { sourceAt } from './sealed-file.ts';

/**
 * `exposed`: encrypted, with a value in plain text among the others; `sealed` for a controller in the cluster; `external`: it
 * names where the values are; `elsewhere`: people bring it, the repository has no file; `missing`: declared, and no file yet;
 * `unreadable`: not what its name says, or damaged.
 */
type ListedState = 'encrypted' | 'exposed' | 'sealed' | 'external' | 'elsewhere' | 'missing' | 'unreadable';

/** One encrypted file, as far as it can be known without a key. */
export interface ListedSecret {
  path: RepoPath;
  state: ListedState;
  /** The Secret that flux-repo.yaml declares there: `app web`; null when it declares none. */
  owner: string | null;
  /** The environment or the cluster that it is for, by its folder; null elsewhere. */
  environment: string | null;
  cluster: string | null;
  /** Names of the values: of the file where there is one, else of the declaration. */
  keys: string[];
  readers: Reader[];
  /** Kinds of readers beside age: `pgp`, `kms` … */
  foreign: string[];
  decryptedBy: Decrypter[];
  /** When a value was last changed, or the data key: RFC 3339. The age of the data key itself is written nowhere. */
  lastChanged: string | null;
}

/** A public key, and whose it is by the model; null for somebody whom it does not know. */
interface Reader {
  name: string | null;
  recipient: string;
}

/** A Kustomization that reconciles the file, and on which cluster. */
interface Decrypter {
  cluster: string;
  kustomization: string;
  /** Whether it has `spec.decryption`. */
  decrypts: boolean;
}

/** Lists the encrypted files and the declared ones that are not there, in path order. */
export async function listSecrets(request: {
  tree: Tree;
  model: Model;
  /** Every file of the repository whose name says that it is encrypted. */
  paths: readonly RepoPath[];
}): Promise<{ secrets: ListedSecret[]; problems: Problem[] }> {
  const { tree, model, paths } = request;
  const names = recipientNames(model);
  const strategy = strategyOf(model);
  const declared = new Map(declaredSecrets(model).map((secret) => [secret.path, secret]));
  const decrypters = decryptersByFile(fluxGraph(tree), Object.keys(model.clusters).sort());
  const problems: Problem[] = [];
  const all = [...new Set([...paths, ...decrypters.keys(), ...declared.keys()])].sort();
  const secrets = await Promise.all(
    all.map(async (path): Promise<ListedSecret> => {
      const other = strategy === 'sops' || !declared.has(path) ? undefined : stateBy(strategy, tree.read(path));
      const isThere = tree.kindOf(path) !== undefined;
      const inspection = other ?? (isThere ? await inspected(tree, path, problems) : 'missing');
      return {
        path,
        state: typeof inspection === 'string' ? inspection : sealingState(inspection),
        ...scopeOf(path, declared.get(path)),
        keys: typeof inspection === 'string' ? [...(declared.get(path)?.keys ?? [])] : keysIn(inspection),
        readers: typeof inspection === 'string' ? [] : readersOf(inspection, names),
        foreign: typeof inspection === 'string' ? [] : inspection.foreignRecipients,
        decryptedBy: decrypters.get(path) ?? [],
        lastChanged: typeof inspection === 'string' ? null : inspection.lastModified,
      };
    }),
  );
  return { secrets, problems };
}

/** Of a declared file that SOPS does not encrypt. */
function stateBy(strategy: Exclude<SecretStrategy, 'sops'>, contents: string | Uint8Array | undefined): ListedState {
  if (strategy === 'none') return 'elsewhere';
  if (contents === undefined) return 'missing';
  const [kind, state] =
    strategy === 'sealed-secrets' ? (['SealedSecret', 'sealed'] as const) : (['ExternalSecret', 'external'] as const);
  const isOfKind =
    typeof contents === 'string' && new RegExp(`^kind: ["']?${kind}["']?\\s*(#.*)?$`, 'm').test(contents);
  return isOfKind ? state : 'unreadable';
}

function sealingState({ values }: Inspection): ListedState {
  return values.some(({ state }) => state === 'exposed') ? 'exposed' : 'encrypted';
}

async function inspected(tree: Tree, path: RepoPath, problems: Problem[]): Promise<Inspection | 'unreadable'> {
  try {
    return await inspectFile(sourceAt(tree, path));
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const { message, hint } = error;
    problems.push({ rule: 'secrets/unreadable', severity: 'warning', message, file: path, ...(hint && { hint }) });
    return 'unreadable';
  }
}

function scopeOf(path: RepoPath, declared: DeclaredSecret | undefined) {
  const audience = meantFor(path);
  return {
    owner: declared === undefined ? null : `${declared.owner.kind} ${declared.owner.name}`,
    environment: audience !== undefined && 'environment' in audience ? audience.environment : null,
    cluster: audience !== undefined && 'cluster' in audience ? audience.cluster : null,
  };
}

function readersOf({ recipients }: Inspection, names: ReadonlyMap<string, string>): Reader[] {
  return recipients.map((recipient) => ({ name: names.get(recipient) ?? null, recipient }));
}

/** Of a Secret the names below `data` and `stringData`; of anything else the paths of what is encrypted. */
function keysIn({ values }: Inspection): string[] {
  const sealed = values.filter(({ state, path }) => state !== 'plain' && (state !== 'empty' || isSecretData(path)));
  const keys = sealed.map(({ path }) => (isSecretData(path) ? String(path[1]) : pathText(path)));
  return [...new Set(keys)].sort();
}

function isSecretData(path: readonly (string | number)[]): boolean {
  return path.length === 2 && (path[0] === 'data' || path[0] === 'stringData');
}

function decryptersByFile(graph: FluxGraph, clusters: readonly string[]): Map<RepoPath, Decrypter[]> {
  const found = new Map<RepoPath, Decrypter[]>();
  for (const cluster of clusters)
    for (const { name, decryption, contents } of graph.reconciledBy(`clusters/${cluster}`).kustomizations)
      for (const path of contents.encrypted) {
        const known = found.get(path) ?? [];
        known.push({ cluster, kustomization: name, decrypts: decryption !== undefined });
        found.set(path, known);
      }
  return found;
}
