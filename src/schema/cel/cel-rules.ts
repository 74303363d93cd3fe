import { type CelRule, celRule } from './cel-rule.ts';
import { certManagerRules } from './cert-manager-rules.ts';
import { fluxRules } from './flux-rules.ts';
import { gatewayRules } from './gateway-rules.ts';
import { routeFilterRules } from './route-filter-rules.ts';
import { routeMatchRules } from './route-match-rules.ts';
import { routeRules } from './route-rules.ts';
import { sourceRules } from './source-rules.ts';

/** Rules that compare with the object in the cluster (`oldSelf`), which is not here: they hold for a new object. */
export const onlyOnUpdate: readonly CelRule[] = [celRule('self == oldSelf', () => true)];

/** Every rule of the schemas in `data/`, by its text. A test compares the two. */
export const celRules: readonly CelRule[] = [
  ...fluxRules,
  ...sourceRules,
  ...certManagerRules,
  ...gatewayRules,
  ...routeRules,
  ...routeFilterRules,
  ...routeMatchRules,
  ...onlyOnUpdate,
];

const byText = new Map(celRules.map((rule) => [rule.text, rule]));

export function celRuleOf(text: string): CelRule | undefined {
  return byText.get(text);
}
