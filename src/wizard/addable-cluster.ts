import { inOrder } from '../model/units.ts';
import { type Addable, environmentFaults, firstOf, nameQuestion } from './addition.ts';

export const addableCluster: Addable = {
  noun: 'cluster',
  map: 'clusters',
  about: 'Add a cluster: its folder, its variables and, with SOPS, its key.',
  questions: [
    nameQuestion('What is the cluster called?', 'production-eu'),
    {
      id: 'environment',
      flag: '--environment <environment>',
      about: 'the environment whose overlays it gets',
      prompt: { kind: 'select', message: 'Which environment is it of?' },
      choices: (model) =>
        inOrder(model.environments).map(([value]) => ({
          value,
          label: value,
          hint: Object.values(model.clusters).some(({ environment }) => environment === value)
            ? ''
            : 'its first cluster: the overlays are written now',
        })),
      faults: environmentFaults,
      usual: (said, model) => {
        const name = firstOf(said, 'name') ?? '';
        return Object.hasOwn(model.environments, name) ? [name] : undefined;
      },
      example: 'production',
    },
    {
      id: 'set',
      flag: '--set <key=value>',
      inModel: ['variables'],
      about: 'a variable of the cluster',
      isRepeatable: true,
      faults: settingFaults,
      usual: () => [],
    },
  ],
  edits(said) {
    const variables = Object.fromEntries((said.set ?? []).map(keyAndValue));
    const value = {
      environment: firstOf(said, 'environment'),
      ...(Object.keys(variables).length > 0 && { variables }),
    };
    return [{ path: ['clusters', firstOf(said, 'name') ?? ''], value }];
  },
};

/** Split at the first `=`. */
function keyAndValue(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

function settingFaults(texts: readonly string[]): string[] {
  const keys = texts.map((text) => keyAndValue(text)[0]);
  return [
    ...texts
      .filter((text) => !text.includes('='))
      .map((text) => `"${text}" has no value; write ${text || 'key'}=VALUE`),
    ...keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `"${key}" is given twice`),
  ];
}
