import { workloadGateway } from '../../../src/check/rules/workload-gateway.ts';
import { workloadService } from '../../../src/check/rules/workload-service.ts';
import { workloadSource } from '../../../src/check/rules/workload-source.ts';
import { externalSecret, manifest } from '../manifests.ts';
import { type RuleCase, testRule } from '../rule-cases.ts';

const deployment = 'apps/base/web/deployment.yaml';
const service = 'apps/base/web/service.yaml';
const route = 'apps/base/web/httproute.yaml';
const gateway = 'infrastructure/base/envoy-gateway/config/gateway.yaml';
const nothing = 'which nothing in this repository makes';
const configMap = (id: string) => manifest('v1', 'ConfigMap', id, { data: {} });

/** A Deployment of web that takes its environment from somewhere. @param more objects beside it */
const environment = (source: string, more = ''): RuleCase['edits'] => ({
  [deployment]: ['          image: nginx:1.27\n', `          image: nginx:1.27\n          envFrom:\n${source}`],
  ...(more !== '' && { [service]: ['apiVersion: v1\nkind: Service', `${more}---\napiVersion: v1\nkind: Service`] }),
});
const from = (kind: string, name: string, more = '') =>
  `            - ${kind}Ref:\n                name: ${name}\n${more}`;

/** Objects of the platform in namespaces that are there from the start. */
const inGivenNamespaces: RuleCase['edits'] = {
  'clusters/production/more.yaml': ['kube-system', 'flux-system', 'default']
    .map(
      (namespace) =>
        manifest('v1', 'Service', `${namespace}/metrics`, {
          spec: { selector: { component: 'kube-scheduler' }, ports: [{ port: 80, targetPort: 'http' }] },
        }) +
        manifest('v1', 'Pod', `${namespace}/debug`, {
          spec: {
            containers: [{ name: 'a', image: 'alpine:3', envFrom: [{ configMapRef: { name: 'kubeadm-config' } }] }],
          },
        }),
    )
    .join(''),
};

testRule(workloadSource, [
  { when: 'Kubernetes or its provider makes it', edits: inGivenNamespaces, finds: [] },
  {
    when: 'containers take their environment from what nobody makes',
    edits: environment(from('configMap', 'settings') + from('secret', 'web-token')),
    finds: [
      `warning ${deployment}:34 Deployment web takes its environment from ConfigMap settings, ${nothing}`,
      `warning ${deployment}:36 Deployment web takes its environment from Secret web-token, ${nothing}`,
    ],
  },
  {
    when: 'volumes are of what nobody makes',
    edits: {
      [deployment]: [
        '      containers:\n',
        '      volumes:\n        - name: a\n          secret:\n            secretName: tls\n        - name: b\n          projected:\n            sources:\n              - configMap:\n                  name: settings\n      containers:\n',
      ],
    },
    finds: [
      `warning ${deployment}:32 Deployment web mounts Secret tls, ${nothing}`,
      `warning ${deployment}:37 Deployment web mounts ConfigMap settings, ${nothing}`,
    ],
  },
  {
    when: 'a name is mistyped, where a chart may make objects',
    edits: environment(
      from('configMap', 'setings'),
      configMap('web/settings') +
        manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'web/cache', {
          spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'cache' } },
        }),
    ),
    finds: [`warning ${deployment}:34 Deployment web takes its environment from ConfigMap setings, ${nothing}`],
    hint: 'Did you mean settings?',
  },
  {
    when: 'the source is optional',
    edits: environment(from('secret', 'web-token', '                optional: true\n')),
    finds: [],
  },
  {
    when: 'the source is here',
    edits: environment(from('configMap', 'settings'), configMap('web/settings')),
    finds: [],
  },
  {
    when: 'a controller makes it of another object',
    edits: environment(
      from('secret', 'web-token'),
      externalSecret('token', 'web-token').replace('namespace: flux-system', 'namespace: web'),
    ),
    finds: [],
  },
  {
    when: 'a chart in the namespace may make it',
    edits: environment(
      from('secret', 'redis'),
      manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'web/redis', {
        spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'redis' } },
      }),
    ),
    finds: [],
  },
  {
    when: 'a custom resource in the namespace may make it',
    edits: environment(
      from('secret', 'db-app'),
      manifest('postgresql.cnpg.io/v1', 'Cluster', 'web/db', { spec: { instances: 1 } }),
    ),
    finds: [],
  },
  {
    when: 'a controller that nobody knows here may make it',
    edits: environment(
      from('secret', 'copied'),
      manifest('kyverno.io/v1', 'ClusterPolicy', 'copy-secrets', { spec: { rules: [] } }),
    ),
    finds: [],
  },
]);

testRule(workloadService, [
  { when: 'it is for Pods of Kubernetes, or of Flux', edits: inGivenNamespaces, finds: [] },
  {
    when: 'the selector is mistyped',
    edits: {
      [service]: ['  selector:\n    app.kubernetes.io/name: web', '  selector:\n    app.kubernetes.io/name: wep'],
    },
    finds: [
      `warning ${service}:9 Service web selects Pods with app.kubernetes.io/name=wep, and none in namespace web has these labels`,
    ],
    hint: 'Those of Deployment web are: app.kubernetes.io/name=web',
  },
  {
    when: 'the port has a name that no container has',
    edits: { [service]: ['targetPort: http', 'targetPort: htp'] },
    finds: [`warning ${service}:14 Service web sends to port htp, which no container of its Pods has`],
    hint: 'Did you mean http?',
  },
  { when: 'the port is a number', edits: { [service]: ['targetPort: http', 'targetPort: 9090'] }, finds: [] },
  {
    when: 'somebody else says where the traffic goes',
    edits: { [service]: ['  selector:\n    app.kubernetes.io/name: web\n', ''] },
    finds: [],
  },
  {
    when: 'a chart in the namespace may have such Pods',
    edits: {
      [service]: ['  selector:\n    app.kubernetes.io/name: web', '  selector:\n    app.kubernetes.io/name: redis'],
      [route]: [
        'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute',
        `${manifest('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'web/redis', {
          spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'redis' } },
        })}---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute`,
      ],
    },
    finds: [],
  },
]);

testRule(workloadGateway, [
  {
    when: 'the name of the Gateway is mistyped',
    edits: { [route]: ['- name: platform', '- name: plattform'] },
    finds: [`warning ${route}:10 HTTPRoute web attaches to Gateway envoy-gateway-system/plattform, which is not there`],
    hint: 'Did you mean platform?',
  },
  {
    when: 'the namespace of the Gateway is left out',
    edits: { [route]: ['      namespace: envoy-gateway-system\n', ''] },
    finds: [`warning ${route}:10 HTTPRoute web attaches to Gateway platform, which is not there`],
    hint: 'There is Gateway platform in namespace envoy-gateway-system.',
  },
  {
    when: 'the Gateway has no such listener',
    edits: { [route]: ['- name: platform', '- name: platform\n      sectionName: htps'] },
    finds: [
      `warning ${route}:11 HTTPRoute web attaches to listener htps of Gateway envoy-gateway-system/platform, which has http, https`,
    ],
    hint: 'Did you mean https?',
  },
  {
    when: 'the listeners take no route of another namespace',
    edits: {
      [route]: ['- name: platform', '- name: platform\n      sectionName: http'],
      [gateway]: ['        namespaces:\n          from: All\n', '        namespaces:\n          from: Same\n'],
    },
    finds: [
      `warning ${route}:12 HTTPRoute web attaches to Gateway envoy-gateway-system/platform, which takes routes of its own namespace only`,
    ],
  },
  {
    when: 'one of its listeners takes routes of other namespaces',
    edits: { [gateway]: ['        namespaces:\n          from: All\n', '        namespaces:\n          from: Same\n'] },
    finds: [],
  },
  {
    when: 'a chart may bring the Gateway, beside one of the repository',
    edits: {
      [route]: [
        '- name: platform\n      namespace: envoy-gateway-system',
        '- name: traefik-gateway\n      namespace: cert-manager',
      ],
    },
    finds: [],
  },
  {
    when: 'nothing may bring the Gateway where it is looked for',
    edits: { [route]: ['- name: platform\n      namespace: envoy-gateway-system', '- name: private'] },
    finds: [`warning ${route}:10 HTTPRoute web attaches to Gateway private, which is not there`],
    hint: 'There is Gateway platform in namespace envoy-gateway-system.',
  },
  {
    when: 'the route belongs to a mesh, and so to a Service',
    edits: {
      [route]: [
        '- name: platform\n      namespace: envoy-gateway-system',
        '- name: web\n      kind: Service\n      group: ""',
      ],
    },
    finds: [],
  },
]);
