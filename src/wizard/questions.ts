import { basename, resolve } from 'node:path';
import { defaultComponents, offeredComponents } from '../catalogue/catalogue.ts';
import { supportedLayouts } from '../model/check-support.ts';
import { defaultClusters, defaultImage } from '../model/defaults.ts';
import type { Draft } from '../model/model.ts';
import { keysDir } from '../secrets/keys-dir.ts';
import { type Answers, mergeDraft } from './answers.ts';
import { appTexts, readApps } from './app-texts.ts';
import { clusterTexts, readClusters } from './cluster-texts.ts';
import { componentTexts, readComponents } from './component-texts.ts';
import { none } from './none.ts';
import type { Choice, Question, Reading } from './question.ts';
import { readDraftPart } from './read-draft-part.ts';
import { readStrategy, strategyChoices } from './strategy-texts.ts';

/** Questions with one text for an answer, which is one value of the draft. */
function single(said: (draft: Draft) => string | undefined, part: (text: string) => unknown) {
  return {
    texts: ({ draft }: Answers) => optional(said(draft)),
    read: (texts: readonly string[], answers: Answers): Reading => readDraftPart(part(texts[0] ?? ''), answers),
  };
}

const withDraft = (answers: Answers, part: Draft): Answers => ({ ...answers, draft: mergeDraft(answers.draft, part) });

function optional(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : [text];
}

const always = () => true;
const never = () => false;

const unlessIn = (known: readonly string[], choices: Choice[]): Choice[] =>
  choices.map((choice) => (known.includes(choice.value) ? choice : { ...choice, isLater: true }));

const isForge = ({ draft }: Answers) => ['github', 'gitlab', 'gitea'].includes(draft.repository?.provider ?? 'none');
const hasProvider = ({ draft }: Answers) => (draft.repository?.provider ?? 'none') !== 'none';
const isGitea = ({ draft }: Answers) => draft.repository?.provider === 'gitea';
const usesSops = ({ draft }: Answers) => (draft.secrets?.strategy ?? 'sops') === 'sops';

/** Everything `create` asks, in the order a person expects it. */
export const questions: readonly Question[] = [
  {
    id: 'directory',
    title: 'Folder',
    group: 'Repository',
    about: 'folder of the new repository; one that create made is continued',
    prompt: { kind: 'text', message: 'Which folder shall hold the repository?', placeholder: 'for example ./fleet' },
    isAsked: always,
    texts: ({ directory }) => optional(directory),
    read: ([text = ''], answers) =>
      text.trim() === ''
        ? { faults: [{ message: 'a folder is needed, for example ./fleet' }] }
        : { answers: { ...answers, directory: text } },
    usual: () => undefined,
    example: 'fleet',
  },
  {
    id: 'repository',
    title: 'Repository',
    group: 'Repository',
    flag: '--repository <name>',
    about: "its name at the provider (default: the folder's)",
    prompt: { kind: 'text', message: 'What is the repository called?' },
    isAsked: never,
    ...single(
      (draft) => draft.repository?.name,
      (name) => ({ repository: { name } }),
    ),
    usual: ({ directory }, { cwd }) => (directory === undefined ? undefined : [basename(resolve(cwd, directory))]),
    unfitUsual: ([name = ''], { message }) => ({
      message: `the folder's name "${name}" cannot be the repository's name, it ${message}; add --repository NAME`,
    }),
    example: 'fleet',
  },
  {
    id: 'provider',
    title: 'Provider',
    group: 'Repository',
    flag: '--provider <name>',
    about: 'who hosts it; decides CI, code owners and next steps',
    choices: [
      { value: 'none', label: 'Nobody yet', hint: 'a local repository now, published later' },
      { value: 'github', label: 'GitHub', hint: 'github.com or Enterprise Server' },
      { value: 'gitlab', label: 'GitLab', hint: 'gitlab.com or self-managed' },
      { value: 'gitea', label: 'Gitea or Forgejo', hint: 'your own server' },
      { value: 'git', label: 'Another git server', hint: 'any that Flux reaches by SSH or HTTPS' },
    ],
    prompt: { kind: 'select', message: 'Who will host it?' },
    isAsked: always,
    ...single(
      (draft) => draft.repository?.provider,
      (provider) => ({ repository: { provider } }),
    ),
    usual: () => ['none'],
  },
  {
    id: 'owner',
    title: 'Owner',
    group: 'Repository',
    flag: '--owner <name>',
    about: 'user, organisation or group at the provider',
    prompt: { kind: 'text', message: 'Which user, organisation or group owns it?', placeholder: 'for example acme' },
    isAsked: isForge,
    applies: hasProvider,
    dependsOn: ['provider'],
    forget: (answers) => withDraft(answers, { repository: { owner: undefined } }),
    ...single(
      (draft) => draft.repository?.owner,
      (owner) => ({ repository: { owner } }),
    ),
    usual: () => undefined,
    example: 'acme',
  },
  {
    id: 'host',
    title: 'Server',
    group: 'Repository',
    flag: '--host <host>',
    about: 'a self-managed server: host name or URL',
    prompt: { kind: 'text', message: 'Where is the server?', placeholder: 'for example git.example.com' },
    isAsked: isGitea,
    applies: hasProvider,
    dependsOn: ['provider'],
    forget: (answers) => withDraft(answers, { repository: { host: undefined } }),
    ...single(
      (draft) => draft.repository?.host,
      (host) => ({ repository: { host } }),
    ),
    usual: () => undefined,
    example: 'git.example.com',
  },
  {
    id: 'branch',
    title: 'Branch',
    group: 'Repository',
    flag: '--branch <name>',
    about: 'the branch Flux follows',
    prompt: { kind: 'text', message: 'Which branch shall Flux follow?' },
    isAsked: never,
    ...single(
      (draft) => draft.repository?.branch,
      (branch) => ({ repository: { branch } }),
    ),
    usual: () => ['main'],
  },
  {
    id: 'visibility',
    title: 'Visibility',
    group: 'Repository',
    flag: '--visibility <who>',
    about: 'who may see it once it is published',
    choices: [
      { value: 'private', label: 'Private', hint: 'only whom you let in' },
      { value: 'internal', label: 'Internal', hint: 'everybody who is signed in to the server' },
      { value: 'public', label: 'Public', hint: 'everybody; secrets stay encrypted, names do not' },
    ],
    prompt: { kind: 'select', message: 'Who may see it?' },
    isAsked: never,
    applies: hasProvider,
    ...single(
      (draft) => draft.repository?.visibility,
      (visibility) => ({ repository: { visibility } }),
    ),
    usual: () => ['private'],
  },
  {
    id: 'layout',
    title: 'Layout',
    group: 'Contents',
    flag: '--layout <layout>',
    about: 'how the repository is organised',
    choices: unlessIn(supportedLayouts, [
      { value: 'standard', label: 'Standard', hint: 'one platform team, a few environments: start here' },
      { value: 'multi-tenant', label: 'Multi-tenant', hint: 'several teams share clusters, each with its own rights' },
      { value: 'fleet', label: 'Fleet', hint: 'many clusters of the same kinds, one folder each' },
    ]),
    prompt: { kind: 'select', message: 'How is the platform organised?' },
    isAsked: always,
    ...single(
      (draft) => draft.layout,
      (layout) => ({ layout }),
    ),
    usual: () => ['standard'],
  },
  {
    id: 'clusters',
    title: 'Clusters',
    group: 'Contents',
    flag: '--cluster <cluster>',
    about: 'NAME[:ENVIRONMENT][,key=value], keys become its variables',
    isRepeatable: true,
    prompt: {
      kind: 'text',
      message: 'Which clusters? (NAME or NAME:ENVIRONMENT …)',
    },
    isAsked: always,
    dependsOn: ['layout'],
    texts: clusterTexts,
    read: readClusters,
    usual: ({ draft }) => defaultClusters[draft.layout ?? 'standard'],
  },
  {
    id: 'components',
    title: 'Components',
    group: 'Contents',
    flag: '--component <name>',
    about: `a building block, or ${none}`,
    isRepeatable: true,
    choices: offeredComponents().map(([value, { purpose }]) => ({ value, label: value, hint: purpose })),
    prompt: { kind: 'multiselect', message: 'Which building blocks does the platform get?' },
    isAsked: always,
    texts: componentTexts,
    read: readComponents,
    usual: () => defaultComponents(),
  },
  {
    id: 'apps',
    title: 'Apps',
    group: 'Contents',
    flag: '--app <app>',
    about: `NAME[,key=value]: image (${defaultImage}), namespace, port, replicas, healthPath`,
    isRepeatable: true,
    prompt: {
      kind: 'text',
      message: 'Which apps? (NAME or NAME,image=IMAGE,port=PORT …, or none)',
    },
    isAsked: always,
    texts: appTexts,
    read: readApps,
    usual: () => [none],
  },
  {
    id: 'secrets',
    title: 'Secrets',
    group: 'Secrets',
    flag: '--secrets <strategy>',
    about: 'how secrets are kept',
    choices: strategyChoices,
    prompt: { kind: 'select', message: 'How are secrets kept?' },
    isAsked: always,
    texts: ({ draft }) => optional(draft.secrets?.strategy),
    read: readStrategy,
    usual: () => ['sops'],
  },
  {
    id: 'key-scope',
    title: 'Keys',
    group: 'Secrets',
    flag: '--key-scope <scope>',
    about: 'what one age key opens',
    choices: [
      { value: 'cluster', label: 'One key per cluster', hint: 'a lost cluster exposes its own secrets only' },
      {
        value: 'environment',
        label: 'One key per environment',
        hint: 'fewer keys; its clusters read the same secrets',
      },
    ],
    prompt: { kind: 'select', message: 'What does one key open?' },
    isAsked: always,
    applies: usesSops,
    pointless: 'has no meaning here: it is about the keys of SOPS, and --secrets says otherwise',
    dependsOn: ['secrets', 'layout'],
    forget: (answers) => withDraft(answers, { secrets: { keyScope: undefined } }),
    ...single(
      (draft) => draft.secrets?.keyScope,
      (keyScope) => ({ secrets: { keyScope } }),
    ),
    usual: ({ draft }) => [draft.layout === 'fleet' ? 'environment' : 'cluster'],
  },
  {
    id: 'keys-directory',
    title: 'Keys in',
    group: 'Secrets',
    flag: '--keys-dir <dir>',
    about: 'where private keys go (default: in ~/.config)',
    prompt: { kind: 'text', message: 'Which folder shall hold the private keys?' },
    isAsked: never,
    applies: usesSops,
    texts: ({ keysDirectory }) => optional(keysDirectory),
    read: ([text = ''], answers) =>
      text.trim() === ''
        ? { faults: [{ message: 'a folder is needed' }] }
        : { answers: { ...answers, keysDirectory: text } },
    usual: (_, surroundings) => [keysDir(surroundings)],
  },
];
