import { catalogue } from '../catalogue/catalogue.ts';
import type { Part } from '../catalogue/component-entry.ts';
import type { Model } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';

/** The parts of a component here, without those that its removal took out. What carries out a strategy for secrets is only configured for a repository that has it. */
export function partsOf(model: Model, component: string): readonly Part[] {
  const entry = catalogue.get(component);
  const { secretStrategy } = entry?.offers ?? {};
  const parts = entry?.parts ?? ['release'];
  const isIdle = secretStrategy !== undefined && secretStrategy !== strategyOf(model);
  const { phase } = model.components[component]?.removing ?? {};
  if (phase === 'release') return [];
  return isIdle || phase === 'config' ? parts.filter((part) => part !== 'config') : parts;
}
