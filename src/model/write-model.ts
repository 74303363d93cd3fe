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
  return `${schemaLine}# This file describes the repository.\n${sections(model)}`;
}

/** The text of saved answers, for `--config`. */
export function draftText(draft: Draft): string {
  return `# Answers for create-flux-repo: npx create-flux-repo DIR --config THIS_FILE\n${sections(draft)}`;
}

function sections(model: Draft | Model): string {
  const given = Object.entries(model).filter(([, value]) => value !== undefined && !isEmptyMap(value));
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
