import { type CelRule, celRule, has } from './cel-rule.ts';

interface PathMatch {
  type: string;
  value: string;
}

interface MethodMatch {
  type?: string;
  service?: string;
  method?: string;
}

const forbiddenParts = ['//', '/./', '/../', '%2f', '%2F', '#'];
const forbiddenEnds = ['/..', '/.'];
const pathCharacters = "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$";
const isPlain = ({ type }: PathMatch) => type === 'Exact' || type === 'PathPrefix';

/** A rule on paths that are compared as they are; regular expressions are free. */
function plainPath(condition: string, holds: (path: string) => boolean): CelRule {
  return celRule<PathMatch>(
    `(self.type in ['Exact','PathPrefix']) ? ${condition} : true`,
    (self) => !isPlain(self) || holds(self.value),
  );
}

const paths: readonly CelRule[] = [
  plainPath("self.value.startsWith('/')", (path) => path.startsWith('/')),
  ...forbiddenParts.map((part) => plainPath(`!self.value.contains('${part}')`, (path) => !path.includes(part))),
  ...forbiddenEnds.map((end) => plainPath(`!self.value.endsWith('${end}')`, (path) => !path.endsWith(end))),
  plainPath(`self.value.matches(r"""${pathCharacters}""")`, (path) => new RegExp(pathCharacters).test(path)),
  celRule<PathMatch>(
    "self.type in ['Exact','PathPrefix'] || self.type == 'RegularExpression'",
    (self) => isPlain(self) || self.type === 'RegularExpression',
  ),
];

const methods: readonly CelRule[] = [
  celRule<MethodMatch>(
    'has(self.type) ? has(self.service) || has(self.method) : true',
    (self) => !has(self.type) || has(self.service) || has(self.method),
  ),
  celRule<MethodMatch>(
    `(!has(self.type) || self.type == 'Exact') && has(self.service) ? self.service.matches(r"""^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$"""): true`,
    ({ type = 'Exact', service }) =>
      type !== 'Exact' || service === undefined || /^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$/i.test(service),
  ),
  celRule<MethodMatch>(
    `(!has(self.type) || self.type == 'Exact') && has(self.method) ? self.method.matches(r"""^[A-Za-z_][A-Za-z_0-9]*$"""): true`,
    ({ type = 'Exact', method }) => type !== 'Exact' || method === undefined || /^[A-Za-z_][A-Za-z_0-9]*$/.test(method),
  ),
];

/** The rules of what HTTPRoute and GRPCRoute match. */
export const routeMatchRules: readonly CelRule[] = [...paths, ...methods];
