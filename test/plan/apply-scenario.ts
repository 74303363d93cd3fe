import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plan } from '../../src/plan/plan.ts';

const ownership = 'managed';
const unit = 'repository';

/** A plan of every kind of write, in old and new folders. */
export const scenarioPlan: Plan = {
  changes: [
    { action: 'update', path: 'README.md', unit, ownership, before: '# Old\r\n', after: '# New\r\n' },
    { action: 'delete', path: 'apps/gone/deployment.yaml', unit, ownership, before: 'kind: Deployment\n' },
    { action: 'same', path: 'apps/kept.yaml', unit, ownership },
    { action: 'create', path: 'clusters/eu/apps.yaml', unit, ownership, after: 'kind: Kustomization\n' },
    { action: 'create', path: 'clusters/eu/empty.yaml', unit, ownership, after: '' },
    { action: 'create', path: 'hook', unit, ownership, after: '#!/bin/sh\n', executable: true },
    { action: 'update', path: 'script', unit, ownership, before: 'old\n', after: 'new\n' },
  ],
};

/** Only creations, for a folder that does not exist. */
export const freshPlan: Plan = { changes: scenarioPlan.changes.filter((change) => change.action === 'create') };

/** What is there before `scenarioPlan`. */
export function makeScenario(root: string, git: 'with git' | 'without git'): void {
  const put = (path: string, contents: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), contents);
  };
  put('README.md', '# Old\r\n');
  put('apps/gone/deployment.yaml', 'kind: Deployment\n');
  put('apps/kept.yaml', 'kept\n');
  put('script', 'old\n');
  chmodSync(join(root, 'script'), 0o750);
  if (git === 'with git') put('.git/HEAD', 'ref: refs/heads/main\n');
}

/** Every file with its mode and contents, every folder and link; the state folders are looked at with `leftovers`. */
export function snapshot(root: string, folder = ''): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path === '.flux-repo' || path === '.git/create-flux-repo') return [];
    if (entry.isDirectory()) return [`${path}/`, ...snapshot(root, path)];
    const mode = (lstatSync(join(root, path)).mode & 0o777).toString(8);
    return entry.isFile() ? [`${path} ${mode} ${readFileSync(join(root, path), 'utf8')}`] : [`${path} is a link`];
  });
}

/** What writing keeps for itself and must not leave behind. */
export function leftovers(root: string): string[] {
  return ['.git/create-flux-repo', '.flux-repo'].filter((path) => existsSync(join(root, path)));
}
