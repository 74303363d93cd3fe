import * as v from 'valibot';
import { podSecurityLevels } from '../catalogue/component-entry.ts';
import {
  chartValues,
  codeOwners,
  count,
  duration,
  fields,
  label,
  named,
  oneOf,
  text,
  truth,
  variables,
} from './fields.ts';
import { hostFault } from './host.ts';
import { notification } from './notification-fields.ts';
import { recipient, recipients } from './recipient-fields.ts';
import { appRemoval, componentRemoval } from './removal-fields.ts';
import { repositoryCredentials } from './repository-credential.ts';
import { clusterSecrets, unitSecrets } from './secret-fields.ts';
import { secretStore } from './secret-store.ts';
import { secretStrategies } from './secret-strategies.ts';
import { team } from './team-fields.ts';
import type { UnitMap } from './units.ts';
import { isVersionRange } from './version-range.ts';

const layouts = ['standard', 'multi-tenant', 'fleet'] as const;
export const providers = ['github', 'gitlab', 'gitea', 'git', 'none'] as const;
const visibilities = ['private', 'internal', 'public'] as const;
/** What a team may do with the repository, from little to much. */
const accessRoles = ['read', 'write', 'admin'] as const;
const keyScopes = ['cluster', 'environment'] as const;

const intervals = fields({
  infrastructure: v.optional(duration()),
  apps: v.optional(duration()),
  sources: v.optional(duration()),
  charts: v.optional(duration()),
  retry: v.optional(duration()),
});

const timeouts = fields({
  infrastructure: v.optional(duration()),
  apps: v.optional(duration()),
});

/** A version, or a range as Flux reads it: https://github.com/Masterminds/semver#checking-version-constraints */
const notRange = 'must be a version or a range such as "1.2.x" or ">=1.2.0 <2.0.0"';

const versionRange = () =>
  v.pipe(
    text(),
    v.nonEmpty('a version range is needed, for example ">=1.2.0 <2.0.0"'),
    v.regex(/^[\w.*<>=~^!|,+ :${}-]+$/, notRange),
    v.check(isVersionRange, notRange),
  );

const chart = fields({
  /** `oci://…` or the address of a Helm repository; `{}` for variables, the rest as in RFC 3986. */
  url: v.pipe(
    text(),
    v.regex(/^(oci|https?):\/\//, 'must begin with oci:// or https://'),
    v.regex(
      /^[a-z]+:\/\/[\w$[][\w.~:/?#[\]@!$&'()*+,;=%{}-]*$/,
      'must be an address such as oci://ghcr.io/acme/charts/web',
    ),
  ),
  /** The chart's name in a Helm repository, or below an `oci://` address that does not end in it yet. */
  name: v.optional(
    v.pipe(text(), v.regex(/^[A-Za-z0-9][\w.-]*$/, "must be the chart's name, for example kube-prometheus-stack")),
  ),
  version: versionRange(),
});

/** What may differ in one environment. */
const perEnvironment = fields({
  values: v.optional(chartValues()),
  version: v.optional(versionRange()),
  replicas: v.optional(count(0)),
});

const environment = fields({
  intervals: v.optional(intervals),
  timeouts: v.optional(timeouts),
  variables: v.optional(variables()),
  /** Public halves of the environment's age keys (key scope `environment`); two while one is being rotated. */
  recipients: v.optional(recipients()),
});

const cluster = fields({
  environment: label(),
  variables: v.optional(variables()),
  /** For Flux itself: they come before everything else, in flux-system. */
  secrets: v.optional(clusterSecrets()),
  /** Public halves of the cluster's age keys; two while one is being rotated. */
  recipients: v.optional(recipients()),
});

const component = fields({
  /** What the component's catalogue entry asks for, for example `acmeEmail`. */
  settings: v.optional(v.record(v.string(), text())),
  /** The cluster brings it: nothing is generated, others may rely on it. */
  provided: v.optional(truth()),
  chart: v.optional(chart),
  version: v.optional(versionRange()),
  namespace: v.optional(label()),
  /** Pod Security level of its namespace; https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
  podSecurity: v.optional(oneOf(podSecurityLevels)),
  /** The infrastructure is not ready before it is. */
  required: v.optional(truth()),
  dependsOn: v.optional(v.array(label())),
  values: v.optional(chartValues()),
  environments: v.optional(v.record(label(), perEnvironment)),
  secrets: v.optional(unitSecrets()),
  interval: v.optional(duration()),
  timeout: v.optional(duration()),
  removing: v.optional(componentRemoval()),
});

const app = fields({
  image: v.optional(
    v.pipe(
      text(),
      // https://github.com/distribution/reference: a name, then :tag and @digest
      v.regex(
        /^([a-zA-Z0-9][a-zA-Z0-9.-]*(:[0-9]+)?\/)?[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
        'must be an image such as ghcr.io/acme/web:1.2.3',
      ),
    ),
  ),
  chart: v.optional(chart),
  namespace: v.optional(label()),
  /** The port the container listens on. */
  port: v.optional(v.pipe(count(1), v.maxValue(65535, 'must be at most 65535'))),
  replicas: v.optional(count(0)),
  /** The path that answers 200 when the app is well. */
  healthPath: v.optional(v.pipe(text(), v.regex(/^\/\S*$/, 'must begin with "/"'))),
  dependsOn: v.optional(v.array(label())),
  values: v.optional(chartValues()),
  environments: v.optional(v.record(label(), perEnvironment)),
  secrets: v.optional(unitSecrets()),
  interval: v.optional(duration()),
  timeout: v.optional(duration()),
  removing: v.optional(appRemoval()),
});

const secrets = fields({
  strategy: v.optional(oneOf(secretStrategies)),
  keyScope: v.optional(oneOf(keyScopes)),
  /** Who can read everything besides the clusters, by name: always `recovery`, later colleagues. */
  recipients: v.optional(v.record(label(), recipient())),
  /** Where values come from, with the strategy `external-secrets`. */
  store: v.optional(secretStore),
});

const repositoryName = v.pipe(
  text(),
  // what GitHub, GitLab and Gitea all accept, and every file system
  v.regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" and "-", at most 100'),
);

const repository = {
  provider: v.optional(oneOf(providers)),
  /** The user, organisation or (nested) group the repository belongs to. */
  owner: v.optional(v.pipe(text(), v.regex(/^\w[\w.-]*(\/\w[\w.-]*)*$/, 'must be a user, an organisation or a group'))),
  /** A self-managed server: host name or URL. */
  host: v.optional(
    v.pipe(
      text(),
      v.check(
        (host) => hostFault(host) === undefined,
        (issue) => hostFault(issue.input) ?? '',
      ),
    ),
  ),
  branch: v.optional(v.pipe(text(), v.nonEmpty('a branch name cannot be empty'))),
  visibility: v.optional(oneOf(visibilities)),
  /** Teams at the provider that `publish` gives the repository: a slug of the organisation, a group's path. */
  access: v.optional(
    v.record(
      v.pipe(
        text(),
        v.regex(/^\w[\w.-]*(\/\w[\w.-]*)*$/, 'must be a team of the organisation, or the path of a group'),
      ),
      oneOf(accessRoles),
    ),
  ),
  /** What clusters read it with; a deploy key each without. */
  credential: v.optional(oneOf(repositoryCredentials)),
  /** Who reviews changes, for example `@acme/platform`. */
  codeOwners: v.optional(codeOwners()),
};

const settings = {
  variables: v.optional(variables()),
  intervals: v.optional(intervals),
  timeouts: v.optional(timeouts),
};

/** 8 hex digits made by `create`; tells two repositories of one name apart. */
const id = v.pipe(text(), v.regex(/^[0-9a-f]{8}$/, 'must be 8 hex digits'));

/** The schema of `flux-repo.yaml`. One for all three sources: flags, prompts and files. */
export const modelSchema = fields({
  version: v.literal(1, 'must be the number 1'),
  id,
  repository: fields({
    name: repositoryName,
    ...repository,
    provider: v.optional(oneOf(providers), 'none'),
    branch: v.optional(repository.branch.wrapped, 'main'),
    visibility: v.optional(oneOf(visibilities), 'private'),
  }),
  layout: v.optional(oneOf(layouts), 'standard'),
  environments: named(environment),
  clusters: named(cluster),
  components: named(component),
  apps: named(app),
  teams: named(team()),
  notifications: named(notification),
  secrets: v.optional(secrets, {}),
  ...settings,
});

/** What somebody has said so far: `flux-repo.yaml` without `id`, anything may be missing. Nothing is defaulted. */
export const draftSchema = fields({
  version: v.optional(v.literal(1, 'must be the number 1')),
  repository: v.optional(fields({ name: v.optional(repositoryName), ...repository })),
  layout: v.optional(oneOf(layouts)),
  environments: v.optional(v.record(label(), environment)),
  clusters: v.optional(v.record(label(), cluster)),
  components: v.optional(v.record(label(), component)),
  apps: v.optional(v.record(label(), app)),
  teams: v.optional(v.record(label(), team())),
  notifications: v.optional(v.record(label(), notification)),
  secrets: v.optional(secrets),
  ...settings,
});

/** What an entry of one of the model's maps can say, in the order of the schema. */
export function unitFields(map: UnitMap): readonly string[] {
  return Object.keys(modelSchema.entries[map].wrapped.value.entries);
}

/** Maps are keyed by name; an absent setting means the default of `settings.ts`. */
export type Model = v.InferOutput<typeof modelSchema>;
export type Draft = v.InferOutput<typeof draftSchema>;
export type Component = Model['components'][string];
export type App = Model['apps'][string];
export type Team = Model['teams'][string];
export type Chart = v.InferOutput<typeof chart>;
export type Layout = Model['layout'];
export type Provider = Model['repository']['provider'];
export type KeyScope = NonNullable<Model['secrets']['keyScope']>;
