import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import type { Rule } from '../rule.ts';

export const imagesReference: Rule = {
  id: 'images/reference',
  severity: 'error',
  why: 'An ImagePolicy whose ImageRepository does not exist never finds an image.',
  fix: 'Correct spec.imageRepositoryRef, or add the ImageRepository.',
  find: (repository) =>
    danglingReferences(repository, [
      {
        group: fluxGroups.image,
        kind: 'ImagePolicy',
        path: ['spec', 'imageRepositoryRef'],
        to: 'ImageRepository',
        does: 'chooses from',
        crossesNamespaces: true,
      },
    ]),
};
