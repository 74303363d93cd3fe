import { textAt } from '../../yaml/value-at.ts';
import { distinctObjects } from '../checked-repository.ts';
import type { Finding, Rule } from '../rule.ts';

const path = ['spec', 'git', 'commit', 'messageTemplate'];

/** What replaces what Flux 2.7 took out. https://fluxcd.io/flux/components/image/imageupdateautomations/#message-template */
const removed: readonly [pattern: RegExp, name: string, instead: string][] = [
  [/\.Updated\b/, '.Updated', '.Changed.FileChanges or .Changed.Objects'],
  [/\.Changed\.ImageResult\b/, '.Changed.ImageResult', '.Changed.Objects or .Changed.Changes'],
];

export const versionsMessageTemplate: Rule = {
  id: 'versions/message-template',
  severity: 'error',
  why: 'An ImageUpdateAutomation whose template uses what Flux 2.7 removed is stalled: no image is updated any more.',
  fix: 'Use .Changed.FileChanges, .Changed.Objects or .Changed.Changes.',
  *find(repository): Generator<Finding> {
    for (const object of distinctObjects(repository)) {
      if (object.kind !== 'ImageUpdateAutomation') continue;
      const template = textAt(object.value, path) ?? '';
      for (const [pattern, name, instead] of removed)
        if (pattern.test(template))
          yield {
            message: `ImageUpdateAutomation ${object.name} uses ${name} in its commit message, which Flux 2.7 removed`,
            at: object.placeOf(path),
            object: object.id,
            key: name,
            hint: `Use ${instead}.`,
          };
    }
  },
};
