type BrokenRule = readonly [title: string, path: string, value: unknown, message: string];

const flux: readonly BrokenRule[] = [
  [
    'HelmRelease/cert-manager',
    'spec.chartRef',
    { kind: 'OCIRepository', name: 'x' },
    'either chart or chartRef must be set',
  ],
  ['HelmRelease/cert-manager', 'spec.chart', undefined, 'either chart or chartRef must be set'],
  [
    'HelmRelease/cert-manager',
    'spec.install.strategy',
    { name: 'RemediateOnFailure', retryInterval: '1m' },
    'cannot be set',
  ],
  [
    'HelmRelease/cert-manager',
    'spec.upgrade.strategy',
    { name: 'RemediateOnFailure', retryInterval: '1m' },
    'only be set',
  ],
  ['HelmRelease/podinfo', 'spec.kubeConfig', {}, 'exactly one of'],
  [
    'Kustomization/apps',
    'spec.kubeConfig',
    { secretRef: { name: 'a' }, configMapRef: { name: 'b' } },
    'exactly one of',
  ],
  ['ImagePolicy/podinfo', 'spec.digestReflectionPolicy', 'IfNotPresent', 'spec.interval is only accepted'],
  ['ImagePolicy/podinfo', 'spec.interval', undefined, 'spec.interval must be set'],
  ['Provider/slack', 'spec.commitStatusExpr', 'event', 'only supported for'],
  ['Receiver/oidc', 'spec.oidcProviders', [], 'at least one oidcProvider'],
  ['Receiver/oidc', 'spec.secretRef', { name: 'x' }, 'secretRef cannot be set'],
  ['Receiver/oidc', 'spec.type', 'github', 'oidcProviders can only be set'],
  ['Receiver/github', 'spec.secretRef', undefined, 'secretRef is required'],
  ['ArtifactGenerator/apps', 'spec.artifacts.0.name', 'a.-b', 'valid Kubernetes object names'],
  ['GitRepository/azure', 'spec.provider', undefined, 'serviceAccountName can only be set'],
  ['HelmChart/podinfo', 'spec.sourceRef.kind', 'GitRepository', 'spec.verify is only supported'],
  ['Bucket/aws', 'spec.provider', 'gcp', 'only supported for the'],
  ['Bucket/aws', 'spec.sts.provider', 'ldap', "'aws' is the only supported STS provider"],
  [
    'Bucket/files',
    'spec.sts',
    { provider: 'aws', endpoint: 'https://sts' },
    "'ldap' is the only supported STS provider",
  ],
  ['Bucket/aws', 'spec.sts.secretRef', { name: 'x' }, 'spec.sts.secretRef is not required'],
  ['Bucket/aws', 'spec.sts.certSecretRef', { name: 'x' }, 'spec.sts.certSecretRef is not required'],
  ['Bucket/files', 'spec.serviceAccountName', 'x', 'ServiceAccountName is not supported'],
  ['Bucket/files', 'spec.serviceAccountName', 'x', 'cannot set both'],
];

const certManager: readonly BrokenRule[] = [
  ['Issuer/self-signed', 'spec', { venafi: { zone: 'x' } }, 'exactly one of tpp, cloud, or ngts'],
];

const tls = { certificateRefs: [{ name: 'x' }] };
const listener = (name: string, fields: object) => ({ name, port: 1, protocol: 'HTTP', ...fields });

const gateway: readonly BrokenRule[] = [
  ['Gateway/public', 'spec.addresses', [{ value: '::1' }, { value: '::1' }], 'IPAddress values must be unique'],
  [
    'Gateway/public',
    'spec.addresses.0',
    { type: 'Hostname', value: 'gw.example.com' },
    'Hostname values must be unique',
  ],
  ['Gateway/public', 'spec.addresses.0', { type: 'Hostname', value: 'A.example' }, 'Hostname value must be empty'],
  ['Gateway/public', 'spec.infrastructure.labels', { '-a': 'x' }, 'Label keys must be'],
  ['Gateway/public', 'spec.infrastructure.annotations', { [`${'a'.repeat(253)}/b`]: 'x' }, 'not longer than 253'],
  ['Gateway/public', 'spec.listeners.0.tls', tls, "tls must not be specified for protocols ['HTTP'"],
  ['Gateway/public', 'spec.listeners.1.tls.mode', 'Passthrough', 'tls mode must be Terminate'],
  ['Gateway/public', 'spec.listeners.1.tls', {}, 'certificateRefs or options must be specified'],
  ['Gateway/public', 'spec.listeners.0.protocol', 'TLS', 'tls mode must be set'],
  [
    'Gateway/public',
    'spec.listeners.0',
    listener('x', { protocol: 'TCP', hostname: 'a.b' }),
    'hostname must not be specified',
  ],
  ['Gateway/public', 'spec.listeners.1', listener('x', { port: 80 }), 'Combination of port, protocol and hostname'],
];

const service = { name: 'x', port: 80 };
const redirect = (path: object) => [{ type: 'RequestRedirect', requestRedirect: { path } }];
const rewrite = (path: object) => [{ type: 'URLRewrite', urlRewrite: { path } }];
const toPrefix = { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' };
const exact = [{ path: { type: 'Exact', value: '/' } }];
const manyMatches = (match: object) => [1, 2, 3].map(() => ({ matches: Array.from({ length: 64 }, () => match) }));

const routes: readonly BrokenRule[] = [
  [
    'HTTPRoute/web',
    'spec.parentRefs',
    [{ name: 'a' }, { name: 'a', sectionName: 's' }],
    'sectionName must be specified',
  ],
  ['GRPCRoute/api', 'spec.parentRefs', [{ name: 'a' }, { name: 'a' }], 'sectionName must be unique'],
  ['HTTPRoute/web', 'spec.rules', manyMatches({}), 'less than 128'],
  ['GRPCRoute/api', 'spec.rules', manyMatches({ headers: [{ name: 'a', value: 'b' }] }), 'less than 128'],
  ['HTTPRoute/web', 'spec.rules.1.backendRefs', [service], 'must not be used together with backendRefs'],
  ['HTTPRoute/web', 'spec.rules.0.matches', exact, 'When using URLRewrite filter'],
  [
    'HTTPRoute/web',
    'spec.rules.1',
    { matches: exact, filters: redirect(toPrefix) },
    'When using RequestRedirect filter',
  ],
  [
    'HTTPRoute/web',
    'spec.rules.1',
    { matches: exact, backendRefs: [{ ...service, filters: redirect(toPrefix) }] },
    'Within backendRefs',
  ],
  [
    'HTTPRoute/web',
    'spec.rules.1',
    { matches: exact, backendRefs: [{ ...service, filters: rewrite(toPrefix) }] },
    'Within backendRefs',
  ],
  ['HTTPRoute/web', 'spec.rules.0.backendRefs.0.port', undefined, 'Must have port for Service reference'],
  ['HTTPRoute/web', 'spec.rules.0.timeouts', { request: '1s', backendRequest: '1001ms' }, 'cannot be longer'],
  ['HTTPRoute/web', 'spec.rules.0.filters.1', redirect(toPrefix)[0], 'not both'],
  ['HTTPRoute/web', 'spec.rules.1.filters', redirect({ type: 'ReplaceFullPath' }), 'replaceFullPath must be specified'],
  [
    'HTTPRoute/web',
    'spec.rules.1.filters',
    redirect({ ...toPrefix, replaceFullPath: '/' }),
    "type must be 'ReplaceFullPath'",
  ],
  [
    'HTTPRoute/web',
    'spec.rules.1.filters',
    redirect({ type: 'ReplacePrefixMatch' }),
    'replacePrefixMatch must be specified',
  ],
  [
    'HTTPRoute/web',
    'spec.rules.1.filters',
    redirect({ ...toPrefix, type: 'ReplaceFullPath', replaceFullPath: '/' }),
    "type must be 'ReplacePrefixMatch'",
  ],
];

const headers = { set: [{ name: 'a', value: 'b' }] };
const mirror = { backendRef: service };
const cors = { allowOrigins: ['*', 'https://a.b'] };
const filterOf: Record<string, object> = {
  CORS: { cors: {} },
  RequestHeaderModifier: { requestHeaderModifier: headers },
  ResponseHeaderModifier: { responseHeaderModifier: headers },
  RequestMirror: { requestMirror: mirror },
  RequestRedirect: { requestRedirect: {} },
  URLRewrite: { urlRewrite: {} },
  ExtensionRef: { extensionRef: { group: 'a.b', kind: 'C', name: 'd' } },
};
const filters = 'spec.rules.1.filters';

const routeFilters: readonly BrokenRule[] = [
  ...Object.entries(filterOf).flatMap(([type, field]): BrokenRule[] => [
    ['HTTPRoute/web', filters, [{ type }], `must be specified for ${type} filter.type`],
    [
      'HTTPRoute/web',
      filters,
      [{ type: type === 'CORS' ? 'URLRewrite' : 'CORS', cors: {}, urlRewrite: {}, ...field }],
      `is not ${type}`,
    ],
  ]),
  ...['CORS', 'RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite'].map(
    (type): BrokenRule => {
      const filter = { type, ...filterOf[type] };
      return ['HTTPRoute/web', filters, [filter, filter], `${type} filter cannot be repeated`];
    },
  ),
  ['HTTPRoute/web', filters, [{ type: 'CORS', cors }], "cannot contain '*' alongside"],
  [
    'HTTPRoute/web',
    filters,
    [{ type: 'RequestMirror', requestMirror: { ...mirror, percent: 1, fraction: { numerator: 1 } } }],
    'Only one of percent or fraction',
  ],
  [
    'HTTPRoute/web',
    filters,
    [{ type: 'RequestMirror', requestMirror: { ...mirror, fraction: { numerator: 101 } } }],
    'numerator must be less',
  ],
];

const path = 'spec.rules.0.matches.0.path';

const routeMatches: readonly BrokenRule[] = [
  ...(
    [
      ['x', 'absolute path'],
      ['/a//b', "not contain '//'"],
      ['/a/./b', "not contain '/./'"],
      ['/a/../b', "not contain '/../'"],
      ['/a%2fb', "not contain '%2f'"],
      ['/a%2Fb', "not contain '%2F'"],
      ['/a#b', "not contain '#'"],
      ['/a/..', "not end with '/..'"],
      ['/a/.', "not end with '/.'"],
      ['/ä', 'only contain valid characters'],
    ] as const
  ).map(([value, message]): BrokenRule => ['HTTPRoute/web', path, { type: 'PathPrefix', value }, message]),
  ['GRPCRoute/api', 'spec.rules.0.matches.0.method', { type: 'Exact' }, "One or both of 'service' or 'method'"],
  ['GRPCRoute/api', 'spec.rules.0.matches.0.method.service', 'a-b', 'service must only contain'],
  ['GRPCRoute/api', 'spec.rules.0.matches.0.method.method', 'a-b', 'method must only contain'],
];

/** What to set in which valid sample to break which rule, so that each rule is broken by one of them. */
export const brokenRules: readonly BrokenRule[] = [
  ...flux,
  ...certManager,
  ...gateway,
  ...routes,
  ...routeFilters,
  ...routeMatches,
];

/** Rules that no object reaches, because list keys or an enum refuse it first: text and a value that breaks it. */
export const shadowedRules: readonly (readonly [text: string, self: unknown])[] = [
  ['self.all(l1, self.exists_one(l2, l1.name == l2.name))', [{ name: 'a' }, { name: 'a' }]],
  ['self.all(t1, self.exists_one(t2, t1.port == t2.port))', [{ port: 1 }, { port: 1 }]],
  ["self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'", { type: 'Glob', value: '/' }],
];
