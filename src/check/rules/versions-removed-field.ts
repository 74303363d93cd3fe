import type { Rule } from '../rule.ts';
import { faultsOf } from './schema.ts';

export const versionsRemovedField: Rule = {
  id: 'versions/removed-field',
  severity: 'error',
  why: 'Older releases of Flux had this field; the one that runs now refuses the object because of it.',
  fix: 'Use what took the place of the field.',
  find: (repository) => faultsOf(repository, versionsRemovedField.id),
};
