import { describe, expect, test } from 'vitest';
import { version } from '../../src/cli/program.ts';
import { madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';

describe('a value of the user that the model changes too', () => {
  const deployment = 'apps/base/web/deployment.yaml';
  const bumped = async () => {
    const repository = await madeRepository();
    repository.edit(deployment, 'nginx:1.27', 'nginx:1.28 # tried');
    repository.edit('flux-repo.yaml', 'nginx:1.27', 'nginx:1.30');
    return repository;
  };
  const where = 'spec.template.spec.containers[name=web].image';
  const told = `${deployment}: ${where} is yours (nginx:1.28); flux-repo.yaml says nginx:1.30; kept`;
  const command = `npx create-flux-repo@${version} apply --theirs ${deployment}`;

  test('stays, and that is said once, with the command that takes the other one', async () => {
    const { run, read } = await bumped();
    const dry = outputDocument((await run('apply', '--dry-run', '--json')).out);
    expect(dry.problems).toContainEqual({
      ...{ rule: 'plan/kept-value', severity: 'info', message: told, file: deployment, hint: command },
    });
    expect((await run('diff')).err).toContain(told);
    const { code, out } = await run('apply', '--yes');
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toContain(`Note: ${told}. To take what it says:   ${command} `);
    expect(read(deployment)).toContain('nginx:1.28 # tried');
    for (const again of [await run('apply'), await run('diff')])
      expect(again.out + again.err).not.toContain('is yours');
  });

  test.each([
    ['in the same run', []],
    ['when nothing else differs any more', ['apply', '--yes']],
  ])('gives way to --theirs with its name, %s', async (_, before) => {
    const { run, read, edit } = await bumped();
    edit(deployment, 'periodSeconds: 20', 'periodSeconds: 25');
    if (before.length > 0) expect((await run(...before)).code).toBe(0);
    expect((await run('apply', '--yes', '--theirs')).code).toBe(0);
    expect(read(deployment)).toContain('nginx:1.28');
    expect((await run('diff', '--theirs', deployment)).out).toContain('+          image: nginx:1.30');
    expect((await run('apply', '--yes', '--theirs', deployment)).code).toBe(0);
    expect(read(deployment)).toContain('image: nginx:1.30 # tried');
    expect(read(deployment)).toContain('periodSeconds: 25');
    expect((await run('apply', '--theirs', deployment)).out).toContain('Nothing to do');
  });
});
