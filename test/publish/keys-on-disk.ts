import { join } from 'node:path';
import type { MadeRepository } from '../support/made-repository.ts';

/** The folder of a made repository's private keys. */
export function fleetKeysFolder({ system }: MadeRepository): string {
  return join(system.home, '.config/create-flux-repo/keys/demo-abababab');
}
