import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeSystem } from '../support/fake-system.ts';
import { runMain } from '../support/run-main.ts';

const versions = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** What somebody wrote by hand, and where. */
const edits = [
  ['apps/base/web/deployment.yaml', 'replicas: 4 # the campaign in May'],
  ['apps/base/web/kustomization.yaml', '- config.yaml'],
  ['apps/base/web/config.yaml', 'banner: hello'],
  ['clusters/production/cluster-vars.yaml', '# asked for by the shop\n  shop_hours: "9-17"'],
  ['clusters/staging/apps.yaml', 'interval: 7m'],
  ['flux-repo.yaml', '# The teams sit in Lyon.'],
] as const;

describe.each(versions)('A repository that version $name made and people edited', ({ name }) => {
  let folder = '';
  let system: ReturnType<typeof fakeSystem>;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-frozen-')));
    cpSync(join(import.meta.dirname, name), folder, { recursive: true });
    system = { ...fakeSystem(), cwd: folder };
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    system.remove();
  });

  test('is brought to what this version wants, with every edit', async () => {
    expect(await runMain(system, ['apply', '--yes'])).toMatchObject({ code: 0 });
    for (const [file, text] of edits) expect(readFileSync(join(folder, file), 'utf8')).toContain(text);
    expect((await runMain(system, ['apply', '--yes'])).out).toContain('Nothing to do');
    expect(await runMain(system, ['check', '--strict'])).toMatchObject({ code: 0 });
  });

  test('takes an app, and gives up a team', async () => {
    const env = { ...system.env, FLUX_REPO_KEYS_DIR: join(system.home, 'keys') };
    const vouched = ['production', 'staging', 'shop'].flatMap((confirmed) => ['--confirm', confirmed]);
    expect(await runMain({ ...system, env }, ['add', 'app', 'api', '--yes'])).toMatchObject({ code: 0 });
    for (const phase of [1, 2])
      expect({ phase, ...(await runMain(system, ['remove', 'team', 'shop', ...vouched, '--yes'])) }).toMatchObject({
        code: 0,
      });
    expect(await runMain(system, ['check', '--strict'])).toMatchObject({ code: 0 });
  });
});
