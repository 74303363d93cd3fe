import type { Draft } from './model.ts';
import { developmentIntervals } from './settings.ts';

export const defaultImage = 'nginx:1.27';

/** What a new environment begins with. People wait in front of a development environment: it is reconciled more often. */
export function environmentSettings(name: string): NonNullable<Draft['environments']>[string] {
  return name === 'development' || name === 'dev' ? { intervals: developmentIntervals } : {};
}
