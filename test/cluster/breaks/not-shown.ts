const inGit = 'The value is given away by the repository; the cluster gets it as it is meant to.';
const notFlux = 'It is about who may read the file from now on, and what sops does next; Flux decrypts what it can.';
const toldByYaml = 'In what a cluster reads, a rule of yaml/ tells it, with a better place.';

/** Rules of errors that no cluster shows, and why. */
export const notShown: Readonly<Record<string, string>> = {
  'kustomize/ambiguous-reference': 'No small kustomization is known to bring kustomize to it.',
  'kustomize/missing-path': 'In a Kustomization of Flux it is told as reference/path.',
  'kustomize/too-deep': 'How deep is too deep differs between parsers, and nobody writes that by hand.',
  'kustomize/too-large': 'The controller is out of memory before it says anything.',
  'kustomize/unreadable': toldByYaml,
  'kustomize/yaml': toldByYaml,
  'managed/lock': 'No cluster reads .flux-repo.',
  'model/invalid': 'No cluster reads flux-repo.yaml.',
  'model/removed-unit': 'What was applied still runs; it is apply that refuses to work.',
  'secrets/conflict-markers': toldByYaml,
  'secrets/docker-config': inGit,
  'secrets/file-name': notFlux,
  'secrets/generator-files': inGit,
  'secrets/generator-literals': inGit,
  'secrets/key-file': inGit,
  'secrets/kubeconfig': inGit,
  'secrets/no-rule': notFlux,
  'secrets/not-encrypted': inGit,
  'secrets/other-environment': notFlux,
  'secrets/plain-secret': inGit,
  'secrets/private-key': inGit,
  'secrets/rule-differs': notFlux,
  'secrets/rule-not-go': inGit,
  'secrets/rule-without-match': inGit,
  'secrets/sops-config': notFlux,
  'secrets/unreadable-secret': toldByYaml,
  'secrets/webhook-address': inGit,
};
