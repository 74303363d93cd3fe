import { goRegExp } from '../kustomize/go-regexp.ts';
import { itemsAt, textAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedRepository } from './checked-repository.ts';

/** A flag of a controller that keeps tenants apart. https://fluxcd.io/flux/installation/configuration/multitenancy/ */
export type LockdownFlag = '--no-cross-namespace-refs=true' | '--no-remote-bases=true' | '--default-service-account';

/** Which controllers have which flag; source-controller has none of them. */
export const flagsOf: Readonly<Record<string, readonly LockdownFlag[]>> = {
  'kustomize-controller': ['--no-cross-namespace-refs=true', '--no-remote-bases=true', '--default-service-account'],
  'helm-controller': ['--no-cross-namespace-refs=true', '--default-service-account'],
  'notification-controller': ['--no-cross-namespace-refs=true'],
  'image-reflector-controller': ['--no-cross-namespace-refs=true'],
  'image-automation-controller': ['--no-cross-namespace-refs=true'],
  'source-watcher': ['--no-cross-namespace-refs=true'],
};

/** How far a cluster's Flux is locked down. */
export interface Lockdown {
  /** Whether a controller has, or after bootstrap is going to have, a flag. */
  has(controller: string, flag: LockdownFlag): boolean;
  /** What the cluster's own Kustomization is, or is going to be, applied as. */
  hasRootAccount: boolean;
  /** Controllers that are known to be there; before bootstrap the four that every Flux has. */
  controllers: readonly string[];
}

const basic = ['kustomize-controller', 'helm-controller', 'notification-controller'];
const known = new WeakMap<CheckedCluster, Lockdown>();

/**
 * By the arguments of the controllers; before bootstrap, when they are not there yet, by the patches that wait for them
 * in `flux-system/kustomization.yaml`.
 */
export function lockdownOf(repository: CheckedRepository, cluster: CheckedCluster): Lockdown {
  const lockdown = known.get(cluster) ?? read(repository, cluster);
  known.set(cluster, lockdown);
  return lockdown;
}

function read({ files }: CheckedRepository, cluster: CheckedCluster): Lockdown {
  const there = Object.keys(flagsOf).filter((name) => cluster.find('Deployment', 'flux-system', name) !== undefined);
  const file = files.get(`${cluster.folder}/flux-system/kustomization.yaml`);
  const [document] = file?.documents ?? [];
  // what the file says is not known, and that is told apart
  const isUnreadable = there.length === 0 && (file?.faults.length ?? 0) > 0;
  const patches = there.length > 0 ? [] : itemsAt(document?.value, ['patches']).map(asPatch);
  const root = cluster.kustomizations[0]?.object;
  return {
    has: (controller, flag) =>
      isUnreadable ||
      argumentsOf(cluster, controller).some((each) => each.startsWith(flag)) ||
      patches.some(({ kind, name, text }) => kind === 'Deployment' && name.test(controller) && text.includes(flag)),
    hasRootAccount:
      isUnreadable ||
      textAt(root?.value, ['spec', 'serviceAccountName']) !== undefined ||
      patches.some(
        ({ kind, name, text }) =>
          kind === 'Kustomization' && name.test('flux-system') && text.includes('serviceAccountName'),
      ),
    controllers: there.length > 0 ? there : basic,
  };
}

function argumentsOf(cluster: CheckedCluster, controller: string): string[] {
  const deployment = cluster.find('Deployment', 'flux-system', controller);
  const containers = itemsAt(deployment?.value, ['spec', 'template', 'spec', 'containers']);
  return containers.flatMap((container) => itemsAt(container, ['args']).map(String));
}

/** A target's name is an expression for the whole of the name; without one every object of the kind is meant. */
function asPatch(patch: unknown): { kind: string; name: Pick<RegExp, 'test'>; text: string } {
  const text = textAt(patch, ['patch']) ?? '';
  const kind = textAt(patch, ['target', 'kind']) ?? /^kind:\s*(\w+)/m.exec(text)?.[1] ?? '';
  const name = textAt(patch, ['target', 'name']) ?? /^ {2}name:\s*([\w-]+)/m.exec(text)?.[1] ?? '.*';
  return { kind, name: goRegExp(`^(?:${name})$`) ?? /^$/, text };
}
