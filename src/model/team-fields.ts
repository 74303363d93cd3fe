import * as v from 'valibot';
import { podSecurityLevels } from '../catalogue/component-entry.ts';
import { codeOwners, count, duration, fields, label, oneOf, text, truth } from './fields.ts';
import { recipients } from './recipient-fields.ts';
import { teamRemoval } from './removal-fields.ts';
import { unitSecrets } from './secret-fields.ts';
import { sourceFault } from './team-source.ts';

/** What a team may do in its namespace: nearly everything, or what is listed in `generators/team-rules.ts`. */
export const teamRights = ['admin', 'namespace'] as const;

export type TeamRights = (typeof teamRights)[number];

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const quantity = v.union(
  [
    v.pipe(text(), v.regex(/^[0-9]+(\.[0-9]+)?([KMGTPE]i|[numkMGTPE])?$/, 'must be an amount such as 500m, 4 or 8Gi')),
    count(0),
  ],
  'must be an amount such as 500m, 4 or 8Gi',
);

/** Amounts by what is counted: `requests.cpu`, `memory`, `count/jobs.batch`. */
const figures = () =>
  v.record(
    v.pipe(
      text(),
      v.regex(/^[a-z][\w./-]*$/, (issue) => `"${issue.input}" is nothing that Kubernetes counts`),
    ),
    quantity,
  );

const source = () =>
  v.pipe(
    text(),
    v.check(
      (address) => sourceFault(address) === undefined,
      (issue) => sourceFault(issue.input) ?? '',
    ),
  );

/** A team: a namespace of its name, rights in it, and where its manifests come from. */
export const team = () =>
  fields({
    /** The address of the team's own repository, or `path`: it works in `teams/<team>/` here. */
    source: v.optional(source(), 'path'),
    /** Of its own repository. */
    branch: v.optional(v.pipe(text(), v.regex(/^\w[\w./-]*$/, 'must be the name of a branch'))),
    /** The folder in its own repository. */
    path: v.optional(
      v.pipe(text(), v.regex(/^\.(\/\w[\w.-]*)*\/?$/, 'must begin with "./" and stay in the repository')),
    ),
    /** Only on these; without, and without `environments`, on all. */
    clusters: v.optional(v.pipe(v.array(label()), v.nonEmpty('needs at least one cluster'))),
    environments: v.optional(v.pipe(v.array(label()), v.nonEmpty('needs at least one environment'))),
    rights: v.optional(oneOf(teamRights)),
    /** Components and apps that must be ready first. */
    dependsOn: v.optional(v.array(label())),
    /** Who reviews changes of the team's folder. */
    codeOwners: v.optional(codeOwners()),
    quota: v.optional(figures()),
    limits: v.optional(
      fields({
        default: v.optional(figures()),
        defaultRequest: v.optional(figures()),
        max: v.optional(figures()),
        min: v.optional(figures()),
      }),
    ),
    podSecurity: v.optional(oneOf(podSecurityLevels)),
    networkPolicies: v.optional(
      fields({
        /** Namespaces that may reach the team's, besides that of the gateway; `monitoring` without. */
        allowFrom: v.optional(v.array(label())),
        denyEgress: v.optional(truth()),
      }),
    ),
    interval: v.optional(duration()),
    timeout: v.optional(duration()),
    /** The team encrypts for a key of its own, which only its Kustomization has. */
    ownKey: v.optional(truth()),
    /** Public halves of that key; two while it is being rotated. */
    recipients: v.optional(recipients()),
    /** Public half of the key that its repository is fetched with, as that repository is given it. */
    deployKey: v.optional(
      v.pipe(
        text(),
        v.regex(/^ssh-ed25519 [A-Za-z0-9+/]{68}={0,2}( [\w@.-]+)?$/, 'must be the public half of an ed25519 key'),
      ),
    ),
    /** Lines of known_hosts for its server; those of github.com and gitlab.com are known. */
    knownHosts: v.optional(
      v.array(
        v.pipe(
          text(),
          v.regex(/^\S+ (ssh|ecdsa)-[\w@.-]+ [A-Za-z0-9+/]+={0,2}$/, 'must be a line as ssh-keyscan prints it'),
        ),
      ),
    ),
    secrets: v.optional(unitSecrets()),
    removing: v.optional(teamRemoval()),
  });
