import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import type { Rule } from '../rule.ts';

export const notificationsProvider: Rule = {
  id: 'notifications/provider',
  severity: 'error',
  why: 'An Alert without its Provider tells nobody anything.',
  fix: 'Correct spec.providerRef.name, or add the Provider in the namespace of the Alert.',
  find: (repository) =>
    danglingReferences(repository, [
      {
        group: fluxGroups.notification,
        kind: 'Alert',
        path: ['spec', 'providerRef'],
        to: 'Provider',
        does: 'sends to',
      },
    ]),
};
