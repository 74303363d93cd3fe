import { expect, test } from 'vitest';
import { bootstrapCommand, bootstrapToken } from '../../src/generators/bootstrap-command.ts';
import type { Draft } from '../../src/model/model.ts';
import { completeModel } from '../support/complete-model.ts';

type Repository = NonNullable<Draft['repository']>;

const rows: [string, Repository, string][] = [
  ['github.com', { provider: 'github' }, 'github --owner=acme --repository=fleet'],
  [
    'GitHub Enterprise Server by the address of its API',
    { provider: 'github', host: 'https://git.acme.dev/api/v3' },
    'github --hostname=git.acme.dev --owner=acme --repository=fleet',
  ],
  [
    'data residency, with a GitHub App',
    { provider: 'github', host: 'acme.ghe.com', credential: 'github-app' },
    'github --hostname=acme.ghe.com --owner=acme --repository=fleet',
  ],
  [
    'a nested group',
    { provider: 'gitlab', owner: 'acme/platform/clusters' },
    'gitlab --owner=acme/platform/clusters --repository=fleet',
  ],
  [
    'GitLab below a path',
    { provider: 'gitlab', host: 'https://acme.dev/tools/gitlab' },
    'git --url=ssh://git@acme.dev/acme/fleet',
  ],
  [
    'GitLab below a path, with a deploy token',
    { provider: 'gitlab', host: 'https://acme.dev/tools/gitlab', credential: 'deploy-token' },
    'git --url=https://acme.dev/tools/gitlab/acme/fleet --token-auth',
  ],
];

test.each(rows)('Flux is installed from %s', (_, repository, words) => {
  const model = completeModel({ repository: { owner: 'acme', name: 'fleet', ...repository } });
  const isOverHttps = repository.credential !== undefined && !words.includes('--token-auth');
  expect(bootstrapCommand(model, 'eu')).toBe(
    `flux bootstrap ${words} --branch=main --path=clusters/eu${isOverHttps ? ' --token-auth' : ''}`,
  );
});

test('its token comes from the variable that the flux CLI reads', () => {
  const tokenOf = (repository: Repository) =>
    bootstrapToken(completeModel({ repository: { owner: 'acme', name: 'fleet', ...repository } }))?.variable;
  expect(tokenOf({ provider: 'gitlab' })).toBe('GITLAB_TOKEN');
  expect(tokenOf({ provider: 'gitlab', host: 'https://acme.dev/gitlab', credential: 'token' })).toBe('GIT_PASSWORD');
  expect(tokenOf({ provider: 'git', host: 'git.acme.dev' })).toBeUndefined();
});

test('where SSH is is known once the repository is published', () => {
  const host = 'https://acme.dev/tools/gitlab';
  const model = completeModel({ repository: { provider: 'gitlab', owner: 'acme', name: 'fleet', host } });
  expect(bootstrapCommand(model, 'eu', { sshUrl: 'ssh://git@ssh.acme.dev:2222/acme/fleet.git' })).toContain(
    '--url=ssh://git@ssh.acme.dev:2222/acme/fleet.git ',
  );
});
