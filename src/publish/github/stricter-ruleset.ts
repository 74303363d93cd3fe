import { atLeast } from '../at-least.ts';
import type { Rule, Ruleset } from './ruleset.ts';

/** What GitHub tells of a ruleset, as far as we look. */
interface FoundRuleset<FoundRule, Actor> {
  conditions?: object | null;
  rules?: FoundRule[];
  bypass_actors?: Actor[];
}

/**
 * Our ruleset as people have changed it, with what is wanted as the least of it: a PUT takes away all that it does not
 * name. https://docs.github.com/rest/repos/rules#update-a-repository-ruleset
 */
export function stricterRuleset<FoundRule extends { type: string }, Actor>(
  there: FoundRuleset<FoundRule, Actor>,
  wanted: Ruleset,
) {
  const { rules = [], bypass_actors: passing = [] } = there;
  const has = (type: string) => rules.some((rule) => rule.type === type);
  return {
    ...wanted,
    conditions: { ref_name: withRefs(there.conditions, wanted.conditions.ref_name.include) },
    rules: [...rules.map((rule) => raised(rule, wanted.rules)), ...wanted.rules.filter(({ type }) => !has(type))],
    // Who has pull requests there, and no deploy keys that pass, meant it.
    bypass_actors: has('pull_request') ? passing : [...passing, ...wanted.bypass_actors],
  };
}

function raised<FoundRule extends { type: string }>(rule: FoundRule, wanted: readonly Rule[]): FoundRule {
  const asked = wanted.find(({ type }) => type === rule.type);
  if (asked?.type !== 'pull_request') return rule;
  const found = 'parameters' in rule && typeof rule.parameters === 'object' ? (rule.parameters ?? {}) : {};
  return { ...rule, parameters: { ...found, ...atLeast(found, asked.parameters) } };
}

/** Refs that people added stay, and so do their exceptions. */
function withRefs(conditions: object | null | undefined, refs: readonly string[]) {
  const found = conditions && 'ref_name' in conditions ? conditions.ref_name : undefined;
  const of = (name: string): string[] => {
    const list = typeof found === 'object' && found !== null ? new Map(Object.entries(found)).get(name) : undefined;
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  };
  return { include: [...new Set([...of('include'), ...refs])], exclude: of('exclude') };
}
