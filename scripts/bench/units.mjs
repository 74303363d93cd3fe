import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A fleet of so many clusters of one environment, with the default components and an app.
 * @returns its folder
 */
export function fleetOf(clusters, { program, env, newFolder }) {
  const folder = newFolder();
  const answers = join(folder, 'answers.yaml');
  const names = Array.from({ length: clusters }, (_, at) => `  cluster-${at}:\n    environment: production\n`).join('');
  writeFileSync(answers, `layout: fleet\nclusters:\n${names}`);
  const args = [program, 'demo', '--yes', '--config', answers, '--app', 'web'];
  execFileSync(process.execPath, args, { cwd: folder, env, stdio: 'pipe', maxBuffer: 1 << 26 });
  return join(folder, 'demo');
}

/**
 * A repository of about so many units, as `create` makes it.
 * @param flags more words for `create`
 * @returns its folder
 */
export function repositoryOf(units, { program, env, newFolder }, flags = []) {
  const folder = newFolder();
  const answers = join(folder, 'answers.yaml');
  const apps = Array.from({ length: units }, (_, at) => `  app-${at}:\n    image: app:1.0.${at}\n`).join('');
  writeFileSync(answers, `apps:\n${apps}`);
  const args = [program, 'demo', '--yes', '--config', answers, '--component', 'none', ...flags];
  execFileSync(process.execPath, args, { cwd: folder, env, stdio: 'pipe', maxBuffer: 1 << 26 });
  return join(folder, 'demo');
}
