import { defaultComponents, offeredComponents } from '../catalogue/catalogue.ts';
import { defaultImage } from '../model/defaults.ts';
import { layoutTraits } from '../model/layouts.ts';
import { appTexts, readApps } from './app-texts.ts';
import { clusterTexts, readClusters } from './cluster-texts.ts';
import { componentTexts, readComponents } from './component-texts.ts';
import { none } from './none.ts';
import {
  notificationTexts,
  offeredNotifications,
  readNotifications,
  readSecretVariables,
} from './notification-texts.ts';
import type { Question } from './question.ts';
import { single } from './single-answer.ts';
import { readTeams, teamTexts } from './team-texts.ts';

const always = () => true;
const never = () => false;

/** What is in the repository. */
export const contentsQuestions: readonly Question[] = [
  {
    id: 'layout',
    title: 'Layout',
    group: 'Contents',
    flag: '--layout <layout>',
    about: 'how the repository is organised',
    choices: [
      { value: 'standard', label: 'Standard', hint: 'one platform team, a few environments: start here' },
      { value: 'multi-tenant', label: 'Multi-tenant', hint: 'several teams share clusters, each with its own rights' },
      { value: 'fleet', label: 'Fleet', hint: 'many clusters of the same kinds, one folder each' },
    ],
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
    usual: ({ draft }) => layoutTraits[draft.layout ?? 'standard'].clusters,
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
    id: 'teams',
    title: 'Teams',
    group: 'Contents',
    flag: '--team <team>',
    about: 'NAME[,source=URL|path], path: it works in teams/NAME here',
    isRepeatable: true,
    prompt: {
      kind: 'text',
      message: 'Which teams? (NAME or NAME,source=URL …, or none)',
    },
    isAsked: ({ draft }) => (draft.layout ?? 'standard') !== 'standard',
    dependsOn: ['layout'],
    texts: teamTexts,
    read: readTeams,
    usual: () => [none],
  },
  {
    id: 'notifications',
    title: 'Notifications',
    group: 'Contents',
    flag: '--notify <type>',
    about: 'TYPE[,channel=C][,severity=S]: slack, msteams …',
    isRepeatable: true,
    prompt: {
      kind: 'multiselect',
      message: 'Where is told what failed? (Enter: nowhere yet)',
      choices: offeredNotifications,
    },
    isAsked: always,
    texts: notificationTexts,
    read: readNotifications,
    usual: () => [none],
  },
  {
    id: 'secret-variables',
    title: 'Credentials',
    group: 'Contents',
    flag: '--notify-secret-env <v>',
    about: 'TYPE=VARIABLE, the one that holds its credential',
    isRepeatable: true,
    prompt: { kind: 'text', message: 'Which variables hold their credentials? (TYPE=VARIABLE …)' },
    isAsked: never,
    applies: ({ draft }) => Object.keys(draft.notifications ?? {}).length > 0,
    texts: ({ secretVariables }) => secretVariables,
    read: readSecretVariables,
    usual: () => undefined,
  },
];
