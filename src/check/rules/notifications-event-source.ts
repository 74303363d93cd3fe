import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import type { ReferenceField } from '../references.ts';
import type { Rule } from '../rule.ts';

const group = fluxGroups.notification;

const fields: readonly ReferenceField[] = [
  { group, kind: 'Alert', path: ['spec', 'eventSources', '*'], does: 'listens to', crossesNamespaces: true },
  { group, kind: 'Receiver', path: ['spec', 'resources', '*'], does: 'triggers', crossesNamespaces: true },
];

export const notificationsEventSource: Rule = {
  id: 'notifications/event-source',
  severity: 'warning',
  why: 'An Alert hears nothing of an object that does not exist, and a Receiver cannot trigger it: nobody notices.',
  fix: 'Correct kind, name and namespace, or name "*" for all of a namespace.',
  *find(repository) {
    for (const finding of danglingReferences(repository, fields)) yield { ...finding, severity: 'warning' as const };
  },
};
