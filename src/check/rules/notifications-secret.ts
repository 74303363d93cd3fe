import { textAt, valueAt } from '../../yaml/value-at.ts';
import type { ClusterObject } from '../checked-repository.ts';
import { fluxGroups, objectsOf } from '../cluster-index.ts';
import type { Finding, Rule } from '../rule.ts';

/** Types that cannot send without a token or a password; https://fluxcd.io/flux/components/notification/providers/ */
const needToken = new Set([
  ...['telegram', 'matrix', 'webex', 'opsgenie', 'datadog', 'zulip', 'grafana', 'generic-hmac', 'githubdispatch'],
  ...['github', 'gitlab', 'gitea', 'bitbucket', 'bitbucketserver'],
  ...['githubpullrequestcomment', 'gitlabmergerequestcomment', 'giteapullrequestcomment'],
]);

/** Types whose address is the password, so that it is in the Secret; it works from spec.address, too. */
const needAddress = new Set(['slack', 'discord', 'msteams', 'rocket', 'googlechat', 'lark', 'sentry', 'generic']);

/** Types that may act as a cloud's account instead. */
const orAccount = new Set(['azuredevops', 'azureeventhub']);

export const notificationsSecret: Rule = {
  id: 'notifications/secret',
  severity: 'error',
  why: 'A Provider without its token or address cannot send, and a Receiver without its token is never ready.',
  fix: 'Make a Secret in the same namespace, and name it in spec.secretRef.',
  *find({ clusters }): Generator<Finding> {
    for (const cluster of clusters) {
      for (const provider of objectsOf(cluster, fluxGroups.notification, 'Provider')) {
        const needed = neededBy(provider);
        if (needed !== undefined) yield { ...without(provider, needed), cluster: cluster.name };
      }
      for (const receiver of objectsOf(cluster, fluxGroups.notification, 'Receiver'))
        if (textAt(receiver.value, ['spec', 'type']) !== 'generic-oidc' && !hasSecret(receiver))
          yield { ...without(receiver, 'the token that calls are checked with'), cluster: cluster.name };
    }
  },
};

/** What a Provider lacks, in words. */
function neededBy(provider: ClusterObject): string | undefined {
  const type = textAt(provider.value, ['spec', 'type']) ?? '';
  if (hasSecret(provider)) return undefined;
  if (needToken.has(type)) return 'a token or password';
  if (orAccount.has(type))
    return textAt(provider.value, ['spec', 'serviceAccountName']) === undefined ? 'a token or an account' : undefined;
  const isAddressed = textAt(provider.value, ['spec', 'address']) !== undefined;
  return needAddress.has(type) && !isAddressed ? 'the address to send to' : undefined;
}

function hasSecret({ value }: ClusterObject): boolean {
  return valueAt(value, ['spec', 'secretRef', 'name']) !== undefined;
}

function without(object: ClusterObject, needed: string): Finding {
  const type = textAt(object.value, ['spec', 'type']) ?? '';
  return {
    message: `${object.kind} ${object.name} has no Secret: one of type ${type} needs ${needed}`,
    at: object.placeOf(['spec', 'type']),
    object: object.id,
    key: 'secretRef',
  };
}
