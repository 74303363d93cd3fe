import { areUnique, type CelRule, celRule, has } from './cel-rule.ts';
import { milliseconds } from './duration.ts';

interface ParentRef {
  group: string;
  kind: string;
  name: string;
  namespace?: string;
  sectionName?: string;
}

interface PathMatch {
  type: string;
  value: string;
}

interface Rule {
  matches?: readonly { path?: PathMatch }[];
  filters?: readonly Filter[];
  backendRefs?: readonly { filters?: readonly Filter[] }[];
}

type Filter = Readonly<
  Partial<Record<'requestRedirect' | 'urlRewrite', { path?: { type: string; replacePrefixMatch?: string } }>>
>;

/** Two references to the same parent; CEL writes the reserved word `namespace` as `__namespace__`. */
const sameParent =
  "p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__ ))";
const parentKey = (parent: ParentRef) => [parent.group, parent.kind, parent.name, parent.namespace ?? ''];

const parents: readonly CelRule[] = [
  celRule<readonly ParentRef[]>(
    `self.all(p1, self.all(p2, ${sameParent} ? ((!has(p1.sectionName) || p1.sectionName == '') == (!has(p2.sectionName) || p2.sectionName == '')) : true))`,
    (self) => {
      const named = new Map<string, boolean>();
      return self.every((parent) => {
        const key = JSON.stringify(parentKey(parent));
        const isNamed = (parent.sectionName ?? '') !== '';
        const first = named.get(key) ?? isNamed;
        named.set(key, first);
        return first === isNamed;
      });
    },
  ),
  celRule<readonly ParentRef[]>(
    `self.all(p1, self.exists_one(p2, ${sameParent} && (((!has(p1.sectionName) || p1.sectionName == '') && (!has(p2.sectionName) || p2.sectionName == '')) || (has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))`,
    (self) => areUnique(self, (parent) => [...parentKey(parent), parent.sectionName ?? '']),
  ),
];

/** At most 128 matches in all the rules of a route; HTTPRoute and GRPCRoute say it in their own words. */
function atMost128Matches(count: (index: number) => string): CelRule {
  const terms = Array.from({ length: 16 }, (_, index) => `(self.size() > ${index} ? ${count(index)} : 0)`);
  return celRule<readonly Rule[]>(
    `${terms.join(' + ')} <= 128`,
    (self) => self.reduce((sum, { matches }) => sum + (matches?.length ?? 0), 0) <= 128,
  );
}

const replacesPrefix = (field: 'requestRedirect' | 'urlRewrite') =>
  `has(f.${field}) && has(f.${field}.path) && f.${field}.path.type == 'ReplacePrefixMatch' && has(f.${field}.path.replacePrefixMatch)`;
const onePathPrefix =
  "((size(self.matches) != 1 || !has(self.matches[0].path) || self.matches[0].path.type != 'PathPrefix') ? false : true) : true";

/** CEL's `exists_one`: exactly one, so a second such filter makes the condition false again. */
function replacesPrefixOnce(filters: readonly Filter[] | undefined, field: 'requestRedirect' | 'urlRewrite'): boolean {
  const replacing = (filters ?? []).filter(
    (filter) => filter[field]?.path?.type === 'ReplacePrefixMatch' && has(filter[field].path.replacePrefixMatch),
  );
  return replacing.length === 1;
}

function hasOnePathPrefix({ matches }: Rule): boolean {
  return matches?.length === 1 && matches[0]?.path?.type === 'PathPrefix';
}

const prefixes: readonly CelRule[] = (['requestRedirect', 'urlRewrite'] as const).flatMap((field) => [
  celRule<Rule>(
    `(has(self.filters) && self.filters.exists_one(f, ${replacesPrefix(field)})) ? ${onePathPrefix}`,
    (self) => !replacesPrefixOnce(self.filters, field) || hasOnePathPrefix(self),
  ),
  celRule<Rule>(
    `(has(self.backendRefs) && self.backendRefs.exists_one(b, (has(b.filters) && b.filters.exists_one(f, ${replacesPrefix(field)})) )) ? ${onePathPrefix}`,
    (self) => {
      const replacing = (self.backendRefs ?? []).filter((backend) => replacesPrefixOnce(backend.filters, field));
      return replacing.length !== 1 || hasOnePathPrefix(self);
    },
  ),
]);

const rules: readonly CelRule[] = [
  atMost128Matches((index) => `self[${index}].matches.size()`),
  atMost128Matches((index) => `(has(self[${index}].matches) ? self[${index}].matches.size() : 0)`),
  celRule<Rule>(
    '(has(self.backendRefs) && size(self.backendRefs) > 0) ? (!has(self.filters) || self.filters.all(f, !has(f.requestRedirect))): true',
    ({ backendRefs, filters }) =>
      (backendRefs ?? []).length === 0 || (filters ?? []).every((filter) => !has(filter.requestRedirect)),
  ),
  // `group` and `kind` default to the empty group and `Service`.
  celRule<{ group: string; kind: string; port?: number }>(
    "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
    (self) => self.group !== '' || self.kind !== 'Service' || has(self.port),
  ),
  celRule<{ request?: string; backendRequest?: string }>(
    "!(has(self.request) && has(self.backendRequest) && duration(self.request) != duration('0s') && duration(self.backendRequest) > duration(self.request))",
    ({ request, backendRequest }) =>
      request === undefined ||
      backendRequest === undefined ||
      milliseconds(request) === 0 ||
      milliseconds(backendRequest) <= milliseconds(request),
  ),
];

/** The rules of HTTPRoute and GRPCRoute, their filters and matches excepted. */
export const routeRules: readonly CelRule[] = [...parents, ...prefixes, ...rules];
