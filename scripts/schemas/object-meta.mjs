/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const subdomain = {
  pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
  maxLength: 253,
};
const label = { pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };

const names = {
  Namespace: label,
  Service: { pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 },
  // The controller appends 11 characters to the names of the Jobs it makes.
  CronJob: { ...subdomain, maxLength: 52 },
  Role: { pattern: '^(?!\\.{1,2}$)[^/%]+$' },
  RoleBinding: { pattern: '^(?!\\.{1,2}$)[^/%]+$' },
  ClusterRole: { pattern: '^(?!\\.{1,2}$)[^/%]+$' },
  ClusterRoleBinding: { pattern: '^(?!\\.{1,2}$)[^/%]+$' },
  APIService: { pattern: '^(?!\\.{1,2}$)[^/%]+$' },
};

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const qualifiedName =
  '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$';
// The API server compares the prefix of an annotation key in lower case.
const annotationKey =
  '^([A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$';
export const labelValue = { type: 'string', pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$', maxLength: 63 };

/**
 * ObjectMeta with the name and label syntax that the API server checks in code and not by its OpenAPI schema.
 *
 * @param {object} upstream ObjectMeta of the OpenAPI document, without `$ref`
 * @param {string} kind
 */
export function objectMeta(upstream, kind) {
  return {
    ...upstream,
    properties: {
      ...upstream.properties,
      name: { type: 'string', ...(names[kind] ?? subdomain) },
      namespace: { type: 'string', ...label },
      labels: { type: 'object', additionalProperties: labelValue, propertyNames: { pattern: qualifiedName } },
      annotations: {
        type: 'object',
        additionalProperties: { type: 'string' },
        propertyNames: { pattern: annotationKey },
      },
    },
  };
}
