/**
 * Fields that older Flux releases had, and what took their place: `Kind path` -> advice.
 * From the CRDs and changelogs of the controllers up to Flux 2.9.
 */
const advice: Readonly<Record<string, string>> = {
  'Kustomization spec.validation': 'Remove it: every apply begins with a server-side dry run.',
  'Kustomization spec.patchesStrategicMerge': 'Move the patches to spec.patches.',
  'Kustomization spec.patchesJson6902': 'Move the patches to spec.patches, each with its target.',
  'HelmRelease spec.chart.spec.valuesFile': 'Use spec.chart.spec.valuesFiles, a list.',
  'HelmRelease spec.postRenderers[].kustomize.patchesStrategicMerge': 'Move the patches to kustomize.patches.',
  'HelmRelease spec.postRenderers[].kustomize.patchesJson6902': 'Move the patches to kustomize.patches.',
  'GitRepository spec.gitImplementation': 'Remove it: there is one Git implementation.',
  'GitRepository spec.accessFrom': 'Remove it: access across namespaces is a flag of the controllers.',
  'HelmChart spec.valuesFile': 'Use spec.valuesFiles, a list.',
  'HelmChart spec.accessFrom': 'Remove it: access across namespaces is a flag of the controllers.',
  'HelmRepository spec.accessFrom': 'Remove it: access across namespaces is a flag of the controllers.',
  'Bucket spec.accessFrom': 'Remove it: access across namespaces is a flag of the controllers.',
  'ImageUpdateAutomation spec.checkout': 'Use spec.sourceRef and spec.git.checkout.',
  'ImageUpdateAutomation spec.commit': 'Use spec.git.commit.',
  'ImageUpdateAutomation spec.push': 'Use spec.git.push.',
};

/** @param path the field's path with `[]` for any list index: `spec.postRenderers[].kustomize.patchesJson6902` */
export function removedField(kind: string, path: string): string | undefined {
  return advice[`${kind} ${path}`];
}
