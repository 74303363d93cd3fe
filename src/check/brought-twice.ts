import type { Change } from '../plan/change.ts';
import { groupOf } from '../schema/scope-of.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { readValues } from '../yaml/read-values.ts';
import { textAt } from '../yaml/value-at.ts';
import { ValueFault } from '../yaml/value-fault.ts';

/** A Kubernetes object as it is told from others. */
interface Identity {
  group: string;
  kind: string;
  /** Empty where none is written: the object has none, or its kustomization sets it. */
  namespace: string;
  name: string;
}

const manifest = /\.(?:ya?ml|json)$/;

/**
 * Whether a file that a plan leaves alone has an object that the plan brings: somebody may have made the same by hand.
 * Where no file names the namespace of an object, nobody has made anything in it.
 *
 * @param present paths of the repository's files, without the plan
 */
export function isBroughtTwice(tree: Tree, present: readonly RepoPath[], writes: readonly Change[]): boolean {
  const written = new Set(writes.map(({ path }) => path));
  const others = present.flatMap((path) => {
    const isOther = manifest.test(path) && !path.startsWith('.flux-repo/') && !written.has(path);
    const text = isOther ? tree.read(path) : undefined;
    return typeof text === 'string' ? [{ path, text }] : [];
  });
  const known = new Map<string, boolean>();
  const isNamed = (namespace: string) => {
    const answer = known.get(namespace) ?? others.some(({ text }) => isWord(namespace, text));
    known.set(namespace, answer);
    return answer;
  };
  const suspects = writes.flatMap((change) =>
    brought(change)
      .filter(({ namespace }) => namespace === '' || isNamed(namespace))
      .map((identity) => ({ ...identity, below: reachOf(change) })),
  );
  return others.some(({ path, text }) => {
    const met = suspects.filter(
      ({ kind, name, below }) => path.startsWith(below) && text.includes(kind) && isWord(name, text),
    );
    return met.length > 0 && identitiesIn(text).some((other) => met.some((each) => isSame(each, other)));
  });
}

/** Every cluster has the objects of a cluster: only its own folder has none twice. */
function reachOf({ unit }: Change): RepoPath {
  return unit.startsWith('cluster-') ? `clusters/${unit.slice('cluster-'.length)}/` : '';
}

function isWord(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!/[\w.-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + word.length))) return true;
  return false;
}

/** The objects of a file as it will be that it does not have now. */
function brought(change: Change): Identity[] {
  if (!manifest.test(change.path) || (change.action !== 'create' && change.action !== 'update')) return [];
  const before = change.action === 'update' ? identitiesIn(change.before) : [];
  return identitiesIn(change.after).filter((each) => !before.some((other) => isSame(each, other)));
}

function isSame(one: Identity, other: Identity): boolean {
  const isOneNamespace = one.namespace === other.namespace || one.namespace === '' || other.namespace === '';
  return one.name === other.name && one.kind === other.kind && one.group === other.group && isOneNamespace;
}

/** What cannot be read has none that a build could find twice. */
function identitiesIn(text: string): Identity[] {
  try {
    return readValues(text).flatMap(({ value }) => {
      const kind = textAt(value, ['kind']);
      const name = textAt(value, ['metadata', 'name']);
      if (kind === undefined || name === undefined) return [];
      const group = groupOf(textAt(value, ['apiVersion']) ?? '');
      return [{ group, kind, namespace: textAt(value, ['metadata', 'namespace']) ?? '', name }];
    });
  } catch (error) {
    if (error instanceof ValueFault) return [];
    throw error;
  }
}
