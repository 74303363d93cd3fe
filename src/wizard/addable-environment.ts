import { environmentSettings } from '../model/defaults.ts';
import type { ModelEdit } from '../model/edit-model.ts';
import type { Model } from '../model/model.ts';
import { inOrder } from '../model/units.ts';
import { type Addable, environmentFaults, firstOf, nameQuestion } from './addition.ts';

export const addableEnvironment: Addable = {
  noun: 'environment',
  map: 'environments',
  about: 'Add an environment. Its overlays are written with its first cluster.',
  questions: [
    nameQuestion('What is the environment called?', 'development'),
    {
      id: 'from',
      flag: '--from <environment>',
      about: 'take the settings of another one',
      prompt: { kind: 'select', message: 'Which one shall it be like?' },
      choices: (model) => [
        { value: '', label: 'None', hint: 'begin with the defaults' },
        ...inOrder(model.environments).map(([value]) => ({ value, label: value, hint: 'take its settings' })),
      ],
      faults: (texts, model) => (texts[0] === '' ? [] : environmentFaults(texts, model)),
      usual: () => [],
    },
  ],
  edits(said, model) {
    const name = firstOf(said, 'name') ?? '';
    const from = firstOf(said, 'from') ?? '';
    if (from === '') return [{ path: ['environments', name], value: environmentSettings(name) }];
    // keys are of one environment: whoever reads its secrets shall not read the new one's
    const { recipients: _, ...settings } = model.environments[from] ?? {};
    return [{ path: ['environments', name], value: settings }, ...likeThere(model, from, name)];
  },
};

/** What components and apps have differently in one environment, for another; their Secrets get a file there too. */
function likeThere(model: Model, from: string, name: string): ModelEdit[] {
  return (['components', 'apps'] as const).flatMap((map) =>
    inOrder(model[map]).flatMap(([unit, { environments, secrets }]): ModelEdit[] => {
      const differing = environments?.[from];
      const declared = inOrder(secrets).filter(([, secret]) => secret.environments.includes(from));
      return [
        ...(differing === undefined ? [] : [{ path: [map, unit, 'environments', name], value: differing } as const]),
        ...declared.map(
          ([secret, { environments: known }]): ModelEdit => ({
            path: [map, unit, 'secrets', secret, 'environments'],
            value: [...known, name],
          }),
        ),
      ];
    }),
  );
}
