import { addableApp } from './addable-app.ts';
import { addableCluster } from './addable-cluster.ts';
import { addableComponent } from './addable-component.ts';
import { addableEnvironment } from './addable-environment.ts';
import { addableNotification } from './addable-notification.ts';
import { addableTeam } from './addable-team.ts';
import type { Addable, Noun } from './addition.ts';

/** What can be added; a new noun is a file and a row here. */
export const addables: Readonly<Record<Noun, Addable>> = {
  cluster: addableCluster,
  environment: addableEnvironment,
  app: addableApp,
  component: addableComponent,
  team: addableTeam,
  notification: addableNotification,
};
