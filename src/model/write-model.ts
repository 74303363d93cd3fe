import { yamlBlock } from '../yaml/yaml-block.ts';
import type { Draft, Model } from './model.ts';

/** Where the schema lies in a repository, for editors with the YAML language server. */
const schemaLine = '# yaml-language-server: $schema=.flux-repo/schema.json\n';

/** Sections in reading order; what is not listed (it cannot be) would come last. */
const order = [
  'version',
  'id',
  'repository',
  'layout',
  'environments',
  'clusters',
  'components',
  'apps',
  'teams',
  'notifications',
  'secrets',
  'variables',
  'intervals',
  'timeouts',
];

const notes: Record<string, string> = {
  repository: 'Where this repository lives.',
  environments: 'Stages that share overlays; a setting here is for all its clusters.',
  clusters: 'Each has a folder in clusters/, which is what its Flux reconciles.',
  components: "The platform's building blocks, in infrastructure/.",
  apps: 'What runs on the platform, in apps/.',
  secrets: 'How secrets are kept. Only public keys stand here.',
};

/** The first text of a repository's `flux-repo.yaml`; later changes are edits that keep comments and order. */
export function modelText(model: Model): string {
  // A map that is not there is empty.
  const given = Object.entries(model).filter(([, value]) => !isEmptyMap(value));
  return `${schemaLine}# This file describes the repository.\n${sections(given)}`;
}

/** The text of saved answers, for `--config`. An empty map is an answer there: no components, instead of the usual. */
export function draftText(draft: Draft): string {
  return `# Answers for create-flux-repo: npx create-flux-repo DIR --config THIS_FILE\n${sections(Object.entries(draft))}`;
}

function sections(entries: readonly [string, unknown][]): string {
  const given = entries.filter(([, value]) => value !== undefined);
  const rank = ([key]: [string, unknown]) => (order.includes(key) ? order.indexOf(key) : order.length);
  return given
    .sort((one, other) => rank(one) - rank(other))
    .map(([key, value]) => {
      const note = notes[key];
      const spaced = typeof value === 'object' ? '\n' : '';
      return `${spaced}${note === undefined ? '' : `# ${note}\n`}${yamlBlock({ [key]: value })}`;
    })
    .join('');
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
