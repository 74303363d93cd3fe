import { textAt } from '../../yaml/value-at.ts';
import type { Finding, Rule } from '../rule.ts';

export const checkNothing: Rule = {
  id: 'check/nothing',
  severity: 'warning',
  why: 'A check of the wrong folder finds nothing wrong, whatever is wrong in the right one.',
  fix: 'Name the folder of the repository: the one with clusters/, or with the Kustomizations of Flux.',
  *find({ clusters, files, modelFaults }): Generator<Finding> {
    if (clusters.length > 0 || modelFaults.length > 0) return;
    const documents = [...files.values()].flatMap((file) => file.documents);
    const manifests = documents.filter(({ value }) => textAt(value, ['apiVersion']) && textAt(value, ['kind']));
    if (manifests.length === 0 && [...files.values()].some(({ faults }) => faults.length > 0)) return;
    if (manifests.length === 0)
      yield { message: 'nothing of Flux or Kubernetes is here: there was nothing to check', at: { file: '.' } };
    else
      yield {
        message: 'no Kustomization of Flux is here: files were looked at one by one, and nothing was built',
        at: { file: '.' },
        severity: 'info',
        hint: 'That is all there is to check in the repository of a team; else name the folder of the platform.',
      };
  },
};
