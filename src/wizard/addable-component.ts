import { catalogue } from '../catalogue/catalogue.ts';
import type { ModelEdit } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import { nearest } from '../nearest.ts';
import { type Addable, firstOf, nameQuestion, type SaidOfUnit } from './addition.ts';
import { chartOf, chartQuestions } from './chart-questions.ts';

const known = [...catalogue.keys()].join(', ');
const isInCatalogue = (said: SaidOfUnit) => catalogue.has(firstOf(said, 'name') ?? '');

export const addableComponent: Addable = {
  noun: 'component',
  map: 'components',
  about: `Add a component of the platform: ${known}, or any chart.`,
  questions: [
    {
      ...nameQuestion(`What is the component called? (${known}, or a name for a chart)`, 'metrics-server'),
      about: `${known}, or a name of yours for a chart`,
    },
    ...chartQuestions((said) => !isInCatalogue(said)),
  ],
  guess(said) {
    const meant = said.chart === undefined ? nearest(firstOf(said, 'name') ?? '', catalogue.keys()) : undefined;
    return meant === undefined ? undefined : { ...said, name: [meant] };
  },
  edits(said, model) {
    const name = firstOf(said, 'name') ?? '';
    const needed = neededBy(name, model);
    return [
      ...needed.map((other): ModelEdit => ({ path: ['components', other], value: {} })),
      { path: ['components', name], value: entryOf(said) },
    ];
  },
};

/** A component of the catalogue knows its chart: what is said of versions narrows that. */
function entryOf(said: SaidOfUnit): Record<string, unknown> {
  const chart = chartOf(said);
  if (chart === undefined) return {};
  return isInCatalogue(said) && chart.url === undefined && chart.name === undefined
    ? { version: chart.version }
    : { chart };
}

/** Components that must be there for this one and are not, those without needs of their own first. */
function neededBy(name: string, model: Model): string[] {
  const missing = (catalogue.get(name)?.dependsOn ?? []).filter((other) => model.components[other] === undefined);
  return [...new Set(missing.flatMap((other) => [...neededBy(other, model), other]))];
}
