import * as v from 'valibot';
import { fields, label, oneOf, text } from './fields.ts';

/** Kinds of Secrets by their words on the command line; https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
export const secretTypes = ['Opaque', 'docker-registry', 'basic-auth', 'tls', 'ssh-auth'] as const;

export type SecretType = (typeof secretTypes)[number];

/** The API server holds a name below `data` against the same: letters, digits, `-`, `_`, `.`, and no way out of a folder. */
const secretKey = v.pipe(
  text(),
  v.regex(/^[-._a-zA-Z0-9]{1,253}$/, 'must be letters, digits, "-", "_" and "."'),
  v.regex(/^(?!\.$|\.\.)/, 'cannot be "." nor begin with ".."'),
);

/** What every declaration says: of a value only the name of its key. */
const declared = {
  type: v.optional(oneOf(secretTypes)),
  namespace: v.optional(label()),
  keys: v.pipe(v.array(secretKey), v.nonEmpty('needs the name of at least one key')),
};

/** Secrets of a cluster, in `secrets/<cluster>/`, by name. */
export const clusterSecrets = () => v.record(label(), fields(declared));

/** Secrets of an app or a component, by name. */
export const unitSecrets = () =>
  v.record(
    label(),
    fields({
      type: declared.type,
      namespace: declared.namespace,
      /** Those in which it has a file. */
      environments: v.pipe(v.array(label()), v.nonEmpty('needs at least one environment')),
      keys: declared.keys,
    }),
  );
