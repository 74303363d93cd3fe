import { type CelRule, celRule, has } from './cel-rule.ts';

const helmAndKustomize: readonly CelRule[] = [
  celRule<{ retryInterval?: string; name: string }>(
    "!has(self.retryInterval) || self.name != 'RemediateOnFailure'",
    (self) => !has(self.retryInterval) || self.name !== 'RemediateOnFailure',
  ),
  celRule<{ retryInterval?: string; name: string }>(
    "!has(self.retryInterval) || self.name == 'RetryOnFailure'",
    (self) => !has(self.retryInterval) || self.name === 'RetryOnFailure',
  ),
  celRule<{ configMapRef?: object; secretRef?: object }>(
    'has(self.configMapRef) || has(self.secretRef)',
    (self) => has(self.configMapRef) || has(self.secretRef),
  ),
  celRule<{ configMapRef?: object; secretRef?: object }>(
    '!has(self.configMapRef) || !has(self.secretRef)',
    (self) => !has(self.configMapRef) || !has(self.secretRef),
  ),
  celRule<{ chart?: object; chartRef?: object }>(
    '(has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))',
    (self) => has(self.chart) !== has(self.chartRef),
  ),
];

const image: readonly CelRule[] = [
  celRule<{ interval?: string; digestReflectionPolicy?: string }>(
    "!has(self.interval) || (has(self.digestReflectionPolicy) && self.digestReflectionPolicy == 'Always')",
    (self) => !has(self.interval) || self.digestReflectionPolicy === 'Always',
  ),
  celRule<{ interval?: string; digestReflectionPolicy?: string }>(
    "has(self.interval) || !has(self.digestReflectionPolicy) || self.digestReflectionPolicy != 'Always'",
    (self) => has(self.interval) || self.digestReflectionPolicy !== 'Always',
  ),
];

const withCommitStatus = ['github', 'gitlab', 'gitea', 'bitbucketserver', 'bitbucket', 'azuredevops'];

interface Receiver {
  type: string;
  oidcProviders?: readonly object[];
  secretRef?: object;
}

const notification: readonly CelRule[] = [
  celRule<{ type: string; commitStatusExpr?: string }>(
    `${withCommitStatus.map((type) => `self.type == '${type}'`).join(' || ')} || !has(self.commitStatusExpr)`,
    (self) => withCommitStatus.includes(self.type) || !has(self.commitStatusExpr),
  ),
  celRule<Receiver>(
    "self.type != 'generic-oidc' || (has(self.oidcProviders) && size(self.oidcProviders) > 0)",
    (self) => self.type !== 'generic-oidc' || (self.oidcProviders ?? []).length > 0,
  ),
  celRule<Receiver>(
    "self.type == 'generic-oidc' || !has(self.oidcProviders) || size(self.oidcProviders) == 0",
    (self) => self.type === 'generic-oidc' || (self.oidcProviders ?? []).length === 0,
  ),
  celRule<Receiver>(
    "self.type != 'generic-oidc' || !has(self.secretRef)",
    (self) => self.type !== 'generic-oidc' || !has(self.secretRef),
  ),
  celRule<Receiver>(
    "self.type == 'generic-oidc' || has(self.secretRef)",
    (self) => self.type === 'generic-oidc' || has(self.secretRef),
  ),
];

interface ArtifactGenerator {
  pathPattern?: string;
  artifacts: readonly { name: string }[];
}

const objectName = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';

const artifact: readonly CelRule[] = [
  celRule<ArtifactGenerator>(
    `has(self.pathPattern) && size(self.pathPattern) > 0 || self.artifacts.all(a, a.name.matches('${objectName}'))`,
    (self) =>
      (self.pathPattern ?? '') !== '' ||
      self.artifacts.every(({ name }) =>
        /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name),
      ),
  ),
];

/** The rules of kustomize-, helm-, image-, notification-controller and source-watcher. */
export const fluxRules: readonly CelRule[] = [...helmAndKustomize, ...image, ...notification, ...artifact];
