import type { Team } from '../model/model.ts';

/**
 * What a namespace may use together, unless the model says otherwise. No load balancers and node ports: traffic comes
 * through the Gateway. https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
const quota = {
  'requests.cpu': '4',
  'requests.memory': '8Gi',
  'limits.memory': '16Gi',
  pods: '50',
  persistentvolumeclaims: '10',
  'services.loadbalancers': '0',
  'services.nodeports': '0',
};

/** Memory is limited and CPU is not: a limit on CPU slows a container down while the node is idle. */
const limits = {
  default: { memory: '256Mi' },
  defaultRequest: { cpu: '50m', memory: '128Mi' },
};

/** `spec.hard` of the team's quota: our figures, and the model's instead of them. */
export function quotaOf({ quota: own }: Pick<Team, 'quota'>): Record<string, string> {
  return texts({ ...quota, ...own });
}

/** The limits of a container, as one item of `spec.limits`. */
export function limitsOf({ limits: own }: Pick<Team, 'limits'>): Record<string, Record<string, string>> {
  const parts = ['default', 'defaultRequest', 'max', 'min'] as const;
  const merged = parts.map(
    (part) => [part, { ...(part in limits && limits[part as 'default']), ...own?.[part] }] as const,
  );
  return Object.fromEntries(
    merged.filter(([, map]) => Object.keys(map).length > 0).map(([part, map]) => [part, texts(map)]),
  );
}

/** An amount is text: `4` would be a number to some readers of YAML, `4Gi` to none. */
function texts(map: Record<string, string | number | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, amount]) => [key, String(amount)]));
}
