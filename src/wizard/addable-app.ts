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
    {
      id: 'port',
      flag: '--port <port>',
      about: 'the port its container listens on (default: 80)',
      isNumber: true,
      prompt: { kind: 'text', message: 'Which port does it listen on?', placeholder: '80, if you say nothing' },
      applies: isImage,
      usual: () => [],
    },
    {
      id: 'replicas',
      flag: '--replicas <count>',
      about: 'how many of it run (default: 2)',
      isNumber: true,
      usual: () => [],
    },
    {
      id: 'health-path',
      flag: '--health-path <path>',
      inModel: ['healthPath'],
      about: 'the path that answers 200 when it is well (default: the port is tried)',
      usual: () => [],
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
    const [image, healthPath, namespace] = ['image', 'health-path', 'namespace'].map((id) => firstOf(said, id));
    const [port, replicas] = ['port', 'replicas'].map((id) => numberOf(firstOf(said, id)));
    const chart = chartOf(said);
    const dependsOn = said['depends-on'] ?? [];
    const value = {
      ...(image !== undefined && { image }),
      ...(port !== undefined && { port }),
      ...(replicas !== undefined && { replicas }),
      ...(healthPath !== undefined && { healthPath }),
      ...(chart !== undefined && { chart }),
      ...(namespace !== undefined && { namespace }),
      ...(dependsOn.length > 0 && { dependsOn }),
    };
    return [{ path: ['apps', firstOf(said, 'name') ?? ''], value }];
  },
};

/** What is no number is for the schema to refuse; an empty answer is none. */
function numberOf(text: string | undefined): number | string | undefined {
  if (text === undefined || text === '') return undefined;
  return /^\d+$/.test(text) ? Number(text) : text;
}
