import { ExpectedError } from '../errors.ts';
import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { itemsAt, textAt } from '../yaml/value-at.ts';
import { openYaml, type YamlDocument } from '../yaml/yaml-file.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { placeAt } from './place-at.ts';
import { isSealedName } from './sealed-name.ts';

/** An object of Flux' kind Kustomization, where it is written. */
export interface KustomizationObject {
  file: RepoPath;
  /** 1-based. */
  line: number;
  value: unknown;
  /** Line and column of a path in it; of the nearest parent that is there. */
  placeOf(path: YamlPath): Pick<Problem, 'file' | 'line' | 'column'>;
}

/** What the graph needs to know of a file. The text is not kept: a fleet has too much of it. */
export interface ManifestFile {
  kustomizations: readonly KustomizationObject[];
  /** It has the metadata of SOPS, for which Flux needs a key, or a name that says so. */
  isEncrypted: boolean;
  /** Documents with Kustomizations that cannot be read. */
  problems: readonly Problem[];
}

const fluxKustomization = /kustomize\.toolkit\.fluxcd\.io\/v/;

/** The top-level key, in YAML or JSON, or its flat form in a file of variables. */
const sopsBlock = /^(sops|'sops'|[ \t{]*"sops"):|^sops_mac=/m;

/**
 * Looks into a file. Only documents that may hold a Kustomization are parsed: a repository's other manifests are many.
 *
 * @returns undefined when there is no such file, or it is not text
 * @throws ExpectedError `unreadable-file`
 */
export function readManifestFile(tree: Tree, path: RepoPath): ManifestFile | undefined {
  const text = tree.read(path);
  if (typeof text !== 'string') return undefined;
  const isEncrypted = isSealedName(path) || (sopsBlock.test(text) && text.includes('ENC['));
  if (!fluxKustomization.test(text)) return { kustomizations: [], isEncrypted, problems: [] };
  const kustomizations: KustomizationObject[] = [];
  const problems: Problem[] = [];
  for (const document of openYaml(text, path).documents) {
    if (!fluxKustomization.test(document.text)) continue;
    try {
      kustomizations.push(...kustomizationsIn(path, document));
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      problems.push(...error.problems);
    }
  }
  return { kustomizations, isEncrypted, problems };
}

function kustomizationsIn(file: RepoPath, document: YamlDocument): KustomizationObject[] {
  const value = document.value();
  const { line } = document.placeOf(document.contents()?.range[0] ?? 0);
  const objects: [unknown, YamlPath][] = [
    [value, []],
    ...itemsAt(value, ['items']).map((item, index): [unknown, YamlPath] => [item, ['items', index]]),
  ];
  return objects
    .filter(([object]) => isFluxKustomization(object))
    .map(([object, above]) => ({
      file,
      line: above.length === 0 ? line : (placeAt(document, above).line ?? line),
      value: object,
      placeOf: (path) => ({ file, ...placeAt(document, [...above, ...path]) }),
    }));
}

function isFluxKustomization(value: unknown): boolean {
  const isGroup = textAt(value, ['apiVersion'])?.startsWith('kustomize.toolkit.fluxcd.io/') === true;
  return isGroup && textAt(value, ['kind']) === 'Kustomization' && textAt(value, ['metadata', 'name']) !== undefined;
}
