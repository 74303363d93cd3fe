import { defaultImage } from '../model/defaults.ts';
import { type Addable, firstOf, nameQuestion, type SaidOfUnit } from './addition.ts';
import { chartOf, chartQuestions } from './chart-questions.ts';

const saysChart = (said: SaidOfUnit) =>
  ['chart', 'chart-version', 'chart-name'].some((id) => said[id] !== undefined) || firstOf(said, 'origin') === 'chart';
const isImage = (said: SaidOfUnit) => !saysChart(said);
const isChart = (said: SaidOfUnit) => said.image === undefined && saysChart(said);

export const addableApp: Addable = {
  noun: 'app',
  map: 'apps',
  about: 'Add an app, from an image or from a chart.',
  questions: [
    nameQuestion('What is the app called?', 'web'),
    {
      id: 'origin',
      about: 'an image or a chart',
      prompt: { kind: 'select', message: 'What is it made from?' },
      choices: () => [
        { value: 'image', label: 'An image', hint: 'Deployment, Service and, with a Gateway, a route' },
        { value: 'chart', label: 'A Helm chart', hint: 'a HelmRelease with its source' },
      ],
      applies: (said) => said.image === undefined && !saysChart(said),
      usual: () => ['image'],
    },
    {
      id: 'image',
      flag: '--image <image>',
      about: `its image (default: ${defaultImage})`,
      prompt: { kind: 'text', message: 'Which image?' },
      applies: isImage,
      usual: () => [defaultImage],
      usualNote: (image) => `No image was named: ${image} is taken, a sample until you name one in flux-repo.yaml.`,
    },
    ...chartQuestions(isChart),
    {
      id: 'namespace',
      flag: '--namespace <namespace>',
      about: 'its namespace (default: NAME)',
      usual: () => [],
    },
    {
      id: 'depends-on',
      flag: '--depends-on <name>',
      inModel: ['dependsOn'],
      about: 'an app or a component that must be ready first',
      isRepeatable: true,
      usual: () => [],
    },
  ],
  contradictions: (said) =>
    said.image !== undefined && saysChart(said) ? ['an app is made from an image or from a chart: choose one'] : [],
  edits(said) {
    const [image, namespace] = ['image', 'namespace'].map((id) => firstOf(said, id));
    const chart = chartOf(said);
    const dependsOn = said['depends-on'] ?? [];
    const value = {
      ...(image !== undefined && { image }),
      ...(chart !== undefined && { chart }),
      ...(namespace !== undefined && { namespace }),
      ...(dependsOn.length > 0 && { dependsOn }),
    };
    return [{ path: ['apps', firstOf(said, 'name') ?? ''], value }];
  },
};
