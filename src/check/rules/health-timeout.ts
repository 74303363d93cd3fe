import { seconds } from '../../model/settings.ts';
import { textAt } from '../../yaml/value-at.ts';
import { fluxGroups, objectsOf } from '../cluster-index.ts';
import type { Finding, Rule } from '../rule.ts';

export const healthTimeout: Rule = {
  id: 'health/timeout',
  severity: 'warning',
  why: 'While a Kustomization waits it is not reconciled: drift stays for the timeout, not for the interval.',
  fix: 'Make spec.timeout shorter than spec.interval, or say in spec.retryInterval when to try again.',
  *find({ clusters }): Generator<Finding> {
    for (const cluster of clusters)
      for (const object of objectsOf(cluster, fluxGroups.kustomize, 'Kustomization')) {
        const [interval, timeout, retry] = ['interval', 'timeout', 'retryInterval'].map((field) =>
          textAt(object.value, ['spec', field]),
        );
        if (interval === undefined || timeout === undefined || retry !== undefined) continue;
        if (`${interval}${timeout}`.includes('$') || seconds(timeout) <= seconds(interval)) continue;
        yield {
          message: `Kustomization ${object.name} may wait ${timeout}, longer than its interval of ${interval}`,
          at: object.placeOf(['spec', 'timeout']),
          object: object.id,
          key: 'timeout',
          cluster: cluster.name,
        };
      }
  },
};
