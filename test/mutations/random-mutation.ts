import { posix } from 'node:path';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import { type Dice, rolls } from '../kustomize/rolls.ts';
import { manifestPaths, type RepositoryTree } from '../support/repository-tree.ts';
import { anyDocument, type DocumentSite, mutateDocument, textOf } from './document-mutation.ts';
import { mutateSite, type Site, setAtSite, sitesIn, textAtSite, typo } from './field-mutation.ts';
import { mutateFile } from './file-mutation.ts';
import { type Action, actions, type Mutation, mutated, things } from './mutation.ts';

/**
 * A random change that a seed repeats. It knows YAML, and which texts stand for other things of the tree (a name that
 * some object has, the path of a file or folder); it knows nothing of Flux, kinds or rules.
 */
export function randomMutation(tree: RepositoryTree, seed: number): Mutation {
  const dice = rolls(seed);
  const [action, thing] = [
    actions[seed % actions.length] ?? 'delete',
    things[Math.floor(seed / actions.length) % things.length] ?? 'field',
  ];
  for (let attempt = 0; attempt < 1000; attempt++) {
    const found = attemptOf(tree, action, thing, dice);
    if (found === undefined) continue;
    const mutation = { action, thing, ...found, what: `${action} ${thing} ${found.what}` };
    if (differs(tree, mutated(tree, mutation))) return mutation;
  }
  throw new Error(`nothing can be changed by ${action} ${thing}`);
}

type Attempt = Pick<Mutation, 'what' | 'changes'> | undefined;

function attemptOf(tree: RepositoryTree, action: Action, thing: Mutation['thing'], dice: Dice): Attempt {
  if (thing === 'file') {
    const { path, changes } = mutateFile(tree, action, dice);
    const to = [...changes.keys()].find((each) => each !== path);
    return { what: `${path}${to === undefined ? '' : ` -> ${to}`}`, changes };
  }
  if (thing === 'document') {
    const found = mutateDocument(tree, action, dice);
    if (found === undefined) return undefined;
    const { path, documents, document } = found.site;
    const to = [...found.changes.keys()].find((each) => each !== path) ?? '';
    return { what: `${path}#${documents.indexOf(document)} ${to}`, changes: found.changes };
  }
  const site = anyDocument(tree, dice);
  const sites = sitesIn(site.document.contents);
  const named = namesIn(tree);
  const isReference = (each: Site) => standsForAnother(tree, named, site.path, each);
  const wanted = sites.filter((each) => isReference(each) === (thing === 'reference'));
  if (wanted.length === 0) return undefined;
  const at = dice.pick(wanted);
  const before = textAtSite(at) ?? '';
  const done =
    thing === 'field'
      ? mutateSite(sites, at, action, site.document, dice)
      : mutateReference(sites, at, action, site, named, dice);
  if (!done) return undefined;
  return {
    what: `${site.path}#${site.documents.indexOf(site.document)} ${at.name} (${before})`,
    changes: new Map([[site.path, textOf(site.documents)]]),
  };
}

function mutateReference(
  sites: readonly Site[],
  at: Site,
  action: Action,
  { document }: DocumentSite,
  named: readonly string[],
  dice: Dice,
): boolean {
  const text = textAtSite(at) ?? '';
  if (action === 'rename') setAtSite(at, typo(text, dice), document);
  else if (action === 'move') setAtSite(at, dice.pick(named.filter((name) => name !== text)), document);
  else return mutateSite(sites, at, action, document, dice);
  return true;
}

/** `metadata.name` of every object. */
function namesIn(tree: RepositoryTree): string[] {
  const found = new Set<string>();
  for (const path of manifestPaths(tree))
    for (const [, name = ''] of (tree.get(path) ?? '').matchAll(/^ {2}name: ([^\s#]+)$/gm)) found.add(name);
  return [...found].sort();
}

function standsForAnother(tree: RepositoryTree, named: readonly string[], path: RepoPath, site: Site): boolean {
  const text = textAtSite(site);
  if (text === undefined || text === '' || site.name === 'metadata.name' || /\s/.test(text)) return false;
  if (named.includes(text)) return true;
  if (!/[./]/.test(text)) return false;
  const places = [posix.join(posix.dirname(path), text), posix.join('.', text)];
  return places.some((place) => tree.has(place) || [...tree.keys()].some((each) => each.startsWith(`${place}/`)));
}

function differs(one: RepositoryTree, other: RepositoryTree): boolean {
  return one.size !== other.size || [...one].some(([path, text]) => other.get(path) !== text);
}
