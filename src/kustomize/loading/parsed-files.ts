import type { RepoPath } from '../../tree/repo-path.ts';
import type { Tree } from '../../tree/tree.ts';
import type { YamlDialect } from '../../yaml/plain-json.ts';
import { readValues, type ValueDocument } from '../../yaml/read-values.ts';
import { ValueFault } from '../../yaml/value-fault.ts';
import { BuildFailure } from '../build-failure.ts';
import { readText } from './read-text.ts';

type Parsed = readonly ValueDocument[] | ValueFault;

/** By dialect and file. A tree is a view that does not change, so each of its files is parsed once. */
const caches = new WeakMap<Tree, Map<string, Parsed>>();

/**
 * Lets a tree use what was parsed of another one, and the other way round.
 * @param view shows some of the files of `tree`, each with the same contents
 */
export function shareParsed(tree: Tree, view: Tree): void {
  caches.set(view, cacheOf(tree));
}

/**
 * The documents of a YAML file. Shared: not to be changed.
 * @throws BuildFailure when it is not there or cannot be read
 */
export function parsedFile(tree: Tree, file: RepoPath, dialect: YamlDialect = 'manifest'): readonly ValueDocument[] {
  const parsed = parsedText(tree, file, readText(tree, file), dialect);
  if (parsed instanceof ValueFault) throw malformed(file, parsed);
  return parsed;
}

/**
 * The same, or what is wrong with it.
 * @param text of the file, as the tree has it
 */
export function parsedText(tree: Tree, file: RepoPath, text: string, dialect: YamlDialect = 'manifest'): Parsed {
  const cache = cacheOf(tree);
  const key = `${dialect} ${file}`;
  const parsed = cache.get(key) ?? parse(text, dialect);
  cache.set(key, parsed);
  return parsed;
}

function cacheOf(tree: Tree): Map<string, Parsed> {
  const cache = caches.get(tree) ?? new Map<string, Parsed>();
  caches.set(tree, cache);
  return cache;
}

function parse(text: string, dialect: YamlDialect): Parsed {
  try {
    return readValues(text, dialect);
  } catch (error) {
    if (error instanceof ValueFault) return error;
    throw error;
  }
}

function malformed(file: RepoPath, fault: ValueFault): BuildFailure {
  const hint = 'Correct the YAML; kustomize and Flux refuse the whole build.';
  return new BuildFailure('yaml', `${file} cannot be read: ${fault.message}`, hint, { file, line: fault.line });
}
