import type { RepoPath } from '../../tree/repo-path.ts';
import type { Tree } from '../../tree/tree.ts';
import type { YamlDialect } from '../../yaml/plain-json.ts';
import { readValues, type ValueDocument } from '../../yaml/read-values.ts';
import { ValueFault } from '../../yaml/value-fault.ts';
import { BuildFailure } from '../build-failure.ts';
import { readText } from './read-text.ts';

type Parsed = readonly ValueDocument[] | BuildFailure;

/** A tree is a view that does not change, so each of its files is parsed once. */
const cache = new WeakMap<Tree, Map<string, Parsed>>();

/**
 * The documents of a YAML file. Shared: not to be changed.
 * @throws BuildFailure when it is not there or cannot be read
 */
export function parsedFile(tree: Tree, file: RepoPath, dialect: YamlDialect = 'manifest'): readonly ValueDocument[] {
  const known = cache.get(tree) ?? new Map<string, Parsed>();
  cache.set(tree, known);
  const key = `${dialect} ${file}`;
  const parsed = known.get(key) ?? parse(tree, file, dialect);
  known.set(key, parsed);
  if (parsed instanceof BuildFailure) throw parsed;
  return parsed;
}

function parse(tree: Tree, file: RepoPath, dialect: YamlDialect): Parsed {
  try {
    return readValues(readText(tree, file), dialect);
  } catch (error) {
    if (error instanceof ValueFault) return malformed(file, error);
    if (error instanceof BuildFailure) return error;
    throw error;
  }
}

function malformed(file: RepoPath, fault: ValueFault): BuildFailure {
  const hint = 'Correct the YAML; kustomize and Flux refuse the whole build.';
  return new BuildFailure('yaml', `${file} cannot be read: ${fault.message}`, hint, { file, line: fault.line });
}
