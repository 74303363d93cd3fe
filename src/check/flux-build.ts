import { posix } from 'node:path';
import type { Build } from '../kustomize/build-kustomization.ts';
import { buildFrom, newBuilding } from '../kustomize/build-kustomization.ts';
import { attempt } from '../kustomize/building.ts';
import type { Kustomization } from '../kustomize/loading/kustomization.ts';
import {
  type KustomizationFile,
  kustomizationFilesIn,
  readKustomization,
} from '../kustomize/loading/kustomization-file.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { walkFiles } from '../tree/walk-files.ts';
import { itemsAt, textAt, valueAt } from '../yaml/value-at.ts';
import { isPlainMap } from '../yaml/value-kinds.ts';

/** Builds what one Flux Kustomization builds: its folder, with what its spec adds. */
export function fluxBuild(tree: Tree, folder: RepoPath, spec: unknown, isSent: (path: RepoPath) => boolean): Build {
  const building = newBuilding(tree, true);
  let objects: Build['objects'] = [];
  attempt(building, { file: folder || '.', line: 1 }, () => {
    const own = readKustomization(building, folder, false) ?? generated(tree, folder, isSent);
    objects = buildFrom(building, { ...own, spec: withFluxSpec(own.spec, spec) });
  });
  return { objects, problems: building.problems, notBuilt: building.notBuilt };
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml */
function generated(tree: Tree, folder: RepoPath, isSent: (path: RepoPath) => boolean): KustomizationFile {
  const resources: string[] = [];
  const enter = (below: RepoPath) => {
    const isBase = kustomizationFilesIn(tree, below).length > 0;
    if (isBase) resources.push(posix.relative(folder, below));
    return !isBase;
  };
  for (const path of walkFiles(tree, folder, enter))
    if (/\.ya?ml$/.test(path) && isSent(path)) resources.push(posix.relative(folder, path));
  return { folder, file: folder === '' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`, spec: { resources } };
}

function withFluxSpec(own: Kustomization, spec: unknown): Kustomization {
  const namespace = textAt(spec, ['targetNamespace']);
  const patches = itemsAt(spec, ['patches']) as Kustomization['patches'];
  const images = itemsAt(spec, ['images']) as Kustomization['images'];
  const components = itemsAt(spec, ['components']).filter((item) => typeof item === 'string');
  const labels = valueAt(spec, ['commonMetadata', 'labels']);
  const annotations = valueAt(spec, ['commonMetadata', 'annotations']);
  return {
    ...own,
    ...(namespace !== undefined && { namespace }),
    ...(textAt(spec, ['namePrefix']) && { namePrefix: `${textAt(spec, ['namePrefix'])}${own.namePrefix ?? ''}` }),
    ...(textAt(spec, ['nameSuffix']) && { nameSuffix: `${own.nameSuffix ?? ''}${textAt(spec, ['nameSuffix'])}` }),
    components: [...(own.components ?? []), ...components],
    patches: [...(own.patches ?? []), ...(patches ?? [])],
    images: [...(own.images ?? []), ...(images ?? [])],
    ...(isPlainMap(labels) && { labels: [...(own.labels ?? []), { pairs: labels as Record<string, string> }] }),
    ...(isPlainMap(annotations) && {
      commonAnnotations: { ...own.commonAnnotations, ...(annotations as Record<string, string>) },
    }),
  };
}
