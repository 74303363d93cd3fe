import { type ClusterObjects, clusterObjects } from './cluster-objects.ts';
import { at, identityOf, isFields, isFluxKustomization, type Manifest, objectId, textAt, textsIn } from './manifest.ts';
import { dependenciesOf, inEveryCluster } from './reference-checks.ts';
import type { RepositoryTree } from './repository-tree.ts';

const parents = ['infrastructure', 'apps', 'tenants'];

/** What is applied for a team: with its rights, in its namespace. */
function isOfTeam(value: unknown): boolean {
  return at(value, 'spec', 'targetNamespace') !== undefined;
}

/** What every platform Kustomization must have, and must not have; parents and children differ. */
export function wrongKustomizations(tree: RepositoryTree): string[] {
  return eachKustomization(tree, ({ value }, objects) => {
    const name = textAt(value, 'metadata', 'name');
    const isParent = parents.includes(name);
    if (isOfTeam(value)) return wrongTeams(value, name);
    const isTenant = name.startsWith('tenant-');
    const isForSecrets = name === 'cluster-secrets';
    const hasEncrypted = objects.some(({ owner, file }) => owner === name && /\.sops\.ya?ml$/.test(file));
    const isForCrds = at(value, 'spec', 'prune') === false || at(value, 'spec', 'sourceRef', 'name') !== 'flux-system';
    // Providers, Alerts and Receivers leave nothing to clean up.
    const isOfComponent = /^\.\/infrastructure\/overlays\/[^/]+\/(?!notifications\/)/.test(
      textAt(value, 'spec', 'path'),
    );
    const wanted = {
      serviceAccountName: 'kustomize-controller',
      // What a team has broken in its namespace does not hold the platform up.
      wait: isParent || isTenant ? undefined : true,
      // Where CRDs are, this would delete even what is not pruned.
      deletionPolicy: isParent ? 'Orphan' : isOfComponent && !isForCrds ? 'WaitForTermination' : undefined,
      postBuild:
        isParent || isForCrds || isForSecrets
          ? undefined
          : { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-vars' }] },
      // A key Secret that is missing fails the Kustomization, with or without something to decrypt.
      decryption: hasEncrypted ? { provider: 'sops', secretRef: { name: 'sops-age' } } : undefined,
      targetNamespace: undefined,
    };
    const spec = at(value, 'spec');
    return [
      ...Object.entries(wanted)
        .filter(([field, expected]) => JSON.stringify(at(spec, field)) !== JSON.stringify(expected))
        .map(([field]) => `spec.${field} is ${JSON.stringify(at(spec, field))}`),
      ...['interval', 'retryInterval', 'timeout']
        .filter((field) => textAt(spec, field) === '')
        .map((field) => `spec.${field} is missing`),
    ];
  });
}

/** A team's own Kustomization has none of the platform's rights and keys, and no way out of its namespace. */
function wrongTeams(value: unknown, name: string): string[] {
  const isHere = textAt(value, 'metadata', 'namespace') === 'flux-system';
  const key = textAt(value, 'spec', 'decryption', 'secretRef', 'name');
  const wanted = {
    serviceAccountName: isHere ? `tenant-${name}` : name,
    targetNamespace: name,
    path: isHere ? `./teams/${name}` : at(value, 'spec', 'path'),
    postBuild: isHere ? { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-vars' }] } : undefined,
  };
  return [
    ...Object.entries(wanted)
      .filter(([field, expected]) => JSON.stringify(at(value, 'spec', field)) !== JSON.stringify(expected))
      .map(([field]) => `spec.${field} is ${JSON.stringify(at(value, 'spec', field))}`),
    ...(key === '' || key === `sops-age-${name}` ? [] : [`decrypts with ${key}`]),
  ];
}

/** What brings CRDs is never pruned: deleting a CRD deletes every object of its kind. */
export function prunedCrds(tree: RepositoryTree): string[] {
  return eachKustomization(tree, ({ value }) => {
    const brings =
      /-crds$/.test(textAt(value, 'metadata', 'name')) || textAt(value, 'metadata', 'name') === 'gateway-api';
    return brings && at(value, 'spec', 'prune') !== false ? ['brings CRDs and would prune them'] : [];
  });
}

/** Deleting a namespace is a step of its own. */
export function prunedNamespaces(tree: RepositoryTree): string[] {
  return inEveryCluster(tree, ({ objects }) =>
    objects
      .filter(
        ({ value }) =>
          value.kind === 'Namespace' &&
          textAt(value, 'metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune') !== 'disabled',
      )
      .map((object) => `${identityOf(object)} could be pruned`),
  );
}

/** Releases are applied as an account of their own namespace, which has rights by a binding. */
export function wrongReleases(tree: RepositoryTree): string[] {
  return inEveryCluster(tree, ({ objects }) =>
    objects
      .filter(({ value }) => value.kind === 'HelmRelease')
      .flatMap((release) => {
        const namespace = textAt(release.value, 'metadata', 'namespace');
        const account = objectId('ServiceAccount', '', namespace, textAt(release.value, 'spec', 'serviceAccountName'));
        const bound = objects.some(({ value }) => subjectIds(value).includes(account));
        const wrong = [
          ...(account.endsWith('/flux-reconciler') ? [] : ['does not use the account flux-reconciler']),
          ...(bound ? [] : [`its account ${account} has no rights`]),
          ...['targetNamespace', 'storageNamespace'].filter((field) => at(release.value, 'spec', field) !== undefined),
          ...(at(release.value, 'spec', 'install', 'createNamespace') === undefined ? [] : ['creates its namespace']),
        ];
        return wrong.map((finding) => `${identityOf(release)}: ${finding}`);
      }),
  );
}

function subjectIds(value: unknown): string[] {
  const subjects = at(value, 'subjects');
  if (!Array.isArray(subjects)) return [];
  return subjects.map((subject) =>
    objectId(textAt(subject, 'kind'), '', textAt(subject, 'namespace'), textAt(subject, 'name')),
  );
}

/** The infrastructure must not give up before the slowest chain of its children is through. */
export function shortTimeouts(tree: RepositoryTree): string[] {
  return inEveryCluster(tree, ({ objects }) => {
    const kustomizations = new Map(
      objects
        .filter(isFluxKustomization)
        .map(({ value, owner }) => [textAt(value, 'metadata', 'name'), { value, owner }]),
    );
    const chain = (name: string): number => {
      const found = kustomizations.get(name);
      if (found === undefined) return 0;
      return secondsOf(textAt(found.value, 'spec', 'timeout')) + Math.max(0, ...dependenciesOf(found.value).map(chain));
    };
    const children = [...kustomizations].filter(([, { owner }]) => owner === 'infrastructure').map(([name]) => name);
    const longest = Math.max(0, ...children.map(chain));
    const given = secondsOf(textAt(kustomizations.get('infrastructure')?.value, 'spec', 'timeout'));
    return given >= longest ? [] : [`infrastructure waits ${given} s for a chain of ${longest} s`];
  });
}

/** Written apart from the code it judges; whole units only. */
function secondsOf(duration: string): number {
  const [, hours = '0', minutes = '0', seconds = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/**
 * Variables that would stop Flux: without a default and unknown to the cluster, or where nothing is substituted at all.
 * Flux 2.9 substitutes strictly: https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function unsetVariables(tree: RepositoryTree): string[] {
  return inEveryCluster(tree, ({ cluster, objects }) => {
    const known = variablesOf(tree, cluster);
    const substituting = substitutingOwners(objects);
    return objects
      .filter(({ value }) => textAt(value, 'metadata', 'name') !== 'cluster-vars')
      .flatMap((object) =>
        textsIn(object.value)
          .flatMap((text) => [...text.matchAll(/(?<!\$)\$\{([^}:=]*)([^}]*)\}?/g)])
          .filter(
            ([, name = '', rest = '']) => !substituting.has(object.owner) || !(/^:[=-]/.test(rest) || known.has(name)),
          )
          .map(([text]) => `${identityOf(object)} (${object.file}) has ${text}`),
      );
  });
}

function variablesOf(tree: RepositoryTree, cluster: string): Set<string> {
  const { objects } = clusterObjects(tree, cluster);
  const vars = objects.find(({ value }) => textAt(value, 'metadata', 'name') === 'cluster-vars');
  const values = at(vars?.value, 'data');
  return new Set(isFields(values) ? Object.keys(values) : []);
}

function substitutingOwners(objects: ClusterObjects['objects']): Set<string> {
  const substituting = objects.filter(
    (object) => isFluxKustomization(object) && at(object.value, 'spec', 'postBuild') !== undefined,
  );
  return new Set(substituting.map(({ value }) => textAt(value, 'metadata', 'name')));
}

/** What must come before everything else does, and what lies in `clusters/` cannot be encrypted. */
export function misplacedSecrets(tree: RepositoryTree): string[] {
  const inClusters = [...tree.keys()].filter((path) => /^clusters\/.*\.sops\.ya?ml$/.test(path));
  const unwaited = eachKustomization(tree, ({ value }, objects) => {
    const hasSecrets = objects.some(({ owner, value }) => owner === 'cluster-secrets' && value.kind === 'Secret');
    const waits = dependenciesOf(value).includes('cluster-secrets');
    const isFirst = textAt(value, 'metadata', 'name') === 'infrastructure';
    return isFirst && hasSecrets !== waits ? [`waits for cluster-secrets: ${waits}`] : [];
  });
  const foreign = inEveryCluster(tree, ({ objects }) =>
    objects
      .filter(({ value, owner }) => {
        const name = textAt(value, 'metadata', 'name');
        const isTeams = owner.startsWith('tenant-');
        if (isTeams && name.startsWith('sops-age-')) return false;
        // A Provider reads its Secret beside itself.
        if ((isTeams || owner === 'notifications') && name.startsWith('notification-')) return false;
        const isFlux = textAt(value, 'metadata', 'namespace') === 'flux-system';
        return value.kind === 'Secret' && isFlux !== (owner === 'cluster-secrets');
      })
      .map((object) => `${identityOf(object)} is applied by ${object.owner}`),
  );
  return [...inClusters.map((path) => `${path} is encrypted`), ...unwaited, ...foreign];
}

/** What makes a Secret, by the kind it is made of. */
const makers: Readonly<Record<string, string>> = {
  ExternalSecret: 'external-secrets-config',
  SealedSecret: 'sealed-secrets',
};

/** Kustomizations that apply what only a controller makes Secrets of, and do not wait for that controller. */
export function unmadeSecrets(tree: RepositoryTree): string[] {
  return eachKustomization(tree, ({ value }, objects) => {
    const name = textAt(value, 'metadata', 'name');
    const needed = objects.flatMap(({ owner, value: { kind } }) =>
      owner === name ? (makers[String(kind)] ?? []) : [],
    );
    return needed
      .filter((maker) => !dependenciesOf(value).includes(maker))
      .map((maker) => `does not wait for ${maker}`);
  });
}

function eachKustomization(
  tree: RepositoryTree,
  find: (kustomization: Manifest, objects: ClusterObjects['objects']) => string[],
): string[] {
  return inEveryCluster(tree, ({ objects }) =>
    objects
      .filter(isFluxKustomization)
      .flatMap((object) => find(object, objects).map((finding) => `${identityOf(object)}: ${finding}`)),
  );
}
