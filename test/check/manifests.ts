import { yamlBlock } from '../../src/yaml/yaml-block.ts';

/** One more document of a file. @param fields everything but apiVersion, kind and metadata */
export function manifest(apiVersion: string, kind: string, id: string, fields: object = {}): string {
  const [namespace = '', name] = id.split('/');
  const metadata = name === undefined ? { name: namespace } : { name, namespace };
  return `---\n${yamlBlock({ apiVersion, kind, metadata, ...fields })}`;
}

export function secret(name: string, namespace: string): string {
  return manifest('v1', 'Secret', `${namespace}/${name}`);
}

/** @param spec over what every Kustomization has; a folder is reconciled that comes to no object */
export function kustomization(name: string, spec: object = {}): string {
  return manifest('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', `flux-system/${name}`, {
    spec: {
      interval: '10m',
      prune: true,
      path: './clusters/staging/flux-system',
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      ...spec,
    },
  });
}

export function externalSecret(name: string, target: string): string {
  return manifest('external-secrets.io/v1', 'ExternalSecret', `flux-system/${name}`, {
    spec: { target: { name: target } },
  });
}

export function artifactGenerator(artifact: string): string {
  return manifest('source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', 'flux-system/apps', {
    spec: {
      sources: [{ alias: 'repo', kind: 'GitRepository', name: 'flux-system' }],
      artifacts: [{ name: artifact, copy: [{ from: '@repo/apps/**', to: '@artifact/' }] }],
    },
  });
}
