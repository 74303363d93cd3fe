import { type CelRule, celRule, has } from './cel-rule.ts';

type Filter = Readonly<Record<string, unknown>> & { type: string };

/** A filter's type and the field that belongs to it. */
const filterFields = [
  ['CORS', 'cors'],
  ['RequestHeaderModifier', 'requestHeaderModifier'],
  ['ResponseHeaderModifier', 'responseHeaderModifier'],
  ['RequestMirror', 'requestMirror'],
  ['RequestRedirect', 'requestRedirect'],
  ['URLRewrite', 'urlRewrite'],
  ['ExtensionRef', 'extensionRef'],
] as const;

const oncePerRule = ['CORS', 'RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite'];

const fieldFollowsType: readonly CelRule[] = filterFields.flatMap(([type, field]) => [
  celRule<Filter>(
    `!(has(self.${field}) && self.type != '${type}')`,
    (self) => !(has(self[field]) && self.type !== type),
  ),
  celRule<Filter>(
    `!(!has(self.${field}) && self.type == '${type}')`,
    (self) => !(!has(self[field]) && self.type === type),
  ),
]);

const occursOnce: readonly CelRule[] = oncePerRule.map((type) =>
  celRule<readonly Filter[]>(
    `self.filter(f, f.type == '${type}').size() <= 1`,
    (self) => self.filter((filter) => filter.type === type).length <= 1,
  ),
);

const pathField: readonly CelRule[] = (
  [
    ['ReplaceFullPath', 'replaceFullPath'],
    ['ReplacePrefixMatch', 'replacePrefixMatch'],
  ] as const
).flatMap(([type, field]) => [
  celRule<Filter>(
    `self.type == '${type}' ? has(self.${field}) : true`,
    (self) => self.type !== type || has(self[field]),
  ),
  celRule<Filter>(
    `has(self.${field}) ? self.type == '${type}' : true`,
    (self) => !has(self[field]) || self.type === type,
  ),
]);

const filters: readonly CelRule[] = [
  celRule<readonly Filter[]>(
    "!(self.exists(f, f.type == 'RequestRedirect') && self.exists(f, f.type == 'URLRewrite'))",
    (self) => !['RequestRedirect', 'URLRewrite'].every((type) => self.some((filter) => filter.type === type)),
  ),
  celRule<readonly string[]>("!('*' in self && self.size() > 1)", (self) => !(self.includes('*') && self.length > 1)),
  celRule<{ percent?: number; fraction?: object }>(
    '!(has(self.percent) && has(self.fraction))',
    (self) => !(has(self.percent) && has(self.fraction)),
  ),
  // `denominator` defaults to 100.
  celRule<{ numerator: number; denominator: number }>(
    'self.numerator <= self.denominator',
    (self) => self.numerator <= self.denominator,
  ),
];

/** The rules of the filters of HTTPRoute and GRPCRoute. */
export const routeFilterRules: readonly CelRule[] = [...fieldFollowsType, ...occursOnce, ...pathField, ...filters];
