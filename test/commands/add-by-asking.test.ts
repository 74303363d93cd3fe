import { describe, expect, test } from 'vitest';
import { version } from '../../src/cli/program.ts';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { keys, type Person, personAt } from '../support/terminal.ts';

const { down, enter, interrupt, clear } = keys;

/** Runs `add …` in a repository with a person at its terminal. */
async function adding(...argv: string[]): Promise<MadeRepository & { person: Person; code: Promise<number> }> {
  const repository = await madeRepository(undefined, { columns: 100 });
  const person = personAt(repository.system);
  return { ...repository, person, code: repository.run('add', ...argv).then(({ code }) => code) };
}

const applied = (command: string) => `npx create-flux-repo@${version} ${command} --yes\n`;

describe('asking what to add', () => {
  test('an app: name and image, the plan, then the files', async () => {
    const { person, code, read, system, git } = await adding('app');
    await person.answer('What is the app called?', 'web', enter);
    await person.see('app "web" exists already');
    await person.answer('', clear, 'Api', enter);
    await person.see('try "api"');
    await person.answer('', clear, 'api', enter);
    await person.answer('What is it made from?', enter);
    await person.answer('Which image?', enter);
    await person.answer('Which port does it listen on?', 'http', enter);
    await person.see('port: must be a number');
    await person.answer('', clear, '8080', enter);
    const review = await person.see('Apply this?');
    expect(review).toContain('Replicas, probes, values and more of it: apps.api in flux-repo.yaml.');
    expect(review).toContain('Add app api');
    expect(review).toContain('+ apps/');
    expect(git('status', '--porcelain')).toBe('');
    system.stdin.write(enter);
    expect(await code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('  api:\n    image: nginx:1.27\n    port: 8080\n');
    expect(system.out()).toMatch(/^Added app api\.\n/m);
    expect(system.out().endsWith(applied('add app api --image nginx:1.27 --port 8080'))).toBe(true);
  });

  test('an app from a chart', async () => {
    const { person, code, read } = await adding('app', 'db', '--namespace', 'data');
    await person.answer('What is it made from?', down, enter);
    await person.answer('Where is the chart?', 'ftp://x', enter);
    await person.see('must begin with oci:// or https://');
    await person.answer('', clear, 'oci://ghcr.io/acme/db', enter);
    await person.answer('Which versions of it?', '1.x', enter);
    await person.answer('Apply this?', enter);
    expect(await code).toBe(0);
    expect(read('apps/base/db/source.yaml')).toContain('oci://ghcr.io/acme/db');
  });

  test('a cluster: which environment, and the key is shown before it is made', async () => {
    const { person, code, read, system } = await adding('cluster', 'eu', '--set', 'region=eu');
    await person.answer('Which environment is it of?', down, enter);
    expect(await person.see('Apply this?')).toContain('cluster-eu.agekey');
    system.stdin.write(enter);
    expect(await code).toBe(0);
    expect(read('clusters/eu/cluster-vars.yaml')).toContain('cluster_environment: staging');
    expect(system.out()).toContain(applied('add cluster eu --environment staging --set region=eu'));
  });

  test('an environment like none, and like another one', async () => {
    const { person, code, run, read } = await adding('environment');
    await person.answer('What is the environment called?', 'development', enter);
    await person.answer('Which one shall it be like?', enter);
    await person.answer('Apply this?', enter);
    expect(await code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('  development:\n    intervals:\n');
    const second = run('add', 'environment', 'qa');
    await person.answer('Which one shall it be like?', down, enter);
    await person.answer('Apply this?', enter);
    expect((await second).code).toBe(0);
    expect(read('flux-repo.yaml').match(/infrastructure: 5m/g)).toHaveLength(2);
  });

  test('a component that is no part of the catalogue needs its chart', async () => {
    const { person, code, read } = await adding('component');
    await person.answer('What is the component called?', 'metrics', enter);
    await person.answer('Where is the chart?', 'https://charts.example.com', enter);
    await person.answer('Which versions of it?', '3.x', enter);
    await person.answer('Apply this?', enter);
    expect(await code).toBe(0);
    expect(read('infrastructure/base/metrics/release/release.yaml')).toContain('chart: metrics');
  });

  test.each([
    ['at a question', [interrupt]],
    ['at the review', ['api', enter]],
  ])('leaving %s writes nothing', async (_, pressed) => {
    const { person, code, git } = await adding('app', '--image', 'nginx:1.27');
    await person.answer('What is the app called?', ...pressed);
    if (pressed.length > 1) {
      await person.answer('Which port does it listen on?', enter);
      await person.answer('Apply this?', keys.up, enter);
    }
    expect(await code).toBe(130);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('a flag that cannot be used is refused before anything is asked', async () => {
    const { code, system } = await adding('cluster', '--environment', 'prod');
    expect(await code).toBe(2);
    expect(system.err()).toContain('environment "prod" does not exist');
  });
});
