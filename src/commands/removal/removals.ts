import type { Noun } from '../../wizard/addition.ts';
import { appRemoval } from './app-removal.ts';
import { clusterRemoval } from './cluster-removal.ts';
import { componentRemoval } from './component-removal.ts';
import { environmentRemoval } from './environment-removal.ts';
import { notificationRemoval } from './notification-removal.ts';
import type { Removal } from './removal.ts';
import { teamRemoval } from './team-removal.ts';

/** How each noun is taken away; a new one is a file and a row here, and a row in `wizard/removables.ts`. */
export const removals: Readonly<Record<Noun, Removal>> = {
  cluster: clusterRemoval,
  environment: environmentRemoval,
  app: appRemoval,
  component: componentRemoval,
  team: teamRemoval,
  notification: notificationRemoval,
};
