import { type AddQuestion, firstOf, type SaidOfUnit } from './addition.ts';

/** The three questions about a chart. @param isChart whether it is one, as far as is known */
export function chartQuestions(isChart: AddQuestion['applies']): AddQuestion[] {
  const applies = isChart === undefined ? {} : { applies: isChart };
  return [
    {
      id: 'chart',
      flag: '--chart <url>',
      inModel: ['chart', 'url'],
      about: 'a chart: oci://… or the address of a Helm repository',
      prompt: {
        kind: 'text',
        message: 'Where is the chart?',
        placeholder: 'for example oci://ghcr.io/acme/charts/web',
      },
      ...applies,
      usual: () => undefined,
      example: 'oci://ghcr.io/acme/charts/web',
    },
    {
      id: 'chart-version',
      flag: '--chart-version <range>',
      inModel: ['chart', 'version'],
      about: 'its version or a range of versions',
      prompt: { kind: 'text', message: 'Which versions of it?', placeholder: 'for example 1.2.x' },
      ...applies,
      usual: () => undefined,
      example: '1.2.x',
    },
    {
      id: 'chart-name',
      flag: '--chart-name <name>',
      inModel: ['chart', 'name'],
      about: 'its name in a Helm repository (default: NAME)',
      applies: (said) => isInRepository(said),
      usual: (said) => said.name ?? [],
    },
  ];
}

/** The chart as the model has it; undefined when nothing was said of one. */
export function chartOf(said: SaidOfUnit): Record<string, string> | undefined {
  const [url, version, name] = ['chart', 'chart-version', 'chart-name'].map((id) => firstOf(said, id));
  const chart = {
    ...(url !== undefined && { url }),
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
  };
  return Object.keys(chart).length === 0 ? undefined : chart;
}

/** An OCI address ends in the chart's name. */
function isInRepository(said: SaidOfUnit): boolean {
  const url = firstOf(said, 'chart');
  return url !== undefined && !url.startsWith('oci://');
}
