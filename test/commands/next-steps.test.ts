import { describe, expect, test } from 'vitest';
import { type Finished, nextSteps } from '../../src/commands/next-steps.ts';
import type { Draft } from '../../src/model/model.ts';
import { completeModel } from '../support/complete-model.ts';

function stepsFor(repository: Draft['repository'], known: Partial<Finished> = {}) {
  const model = completeModel({ repository });
  const finished = {
    model,
    shown: 'demo',
    keysFolder: undefined,
    missingSecrets: [],
    afterPublishing: undefined,
    home: '/home/a',
    platform: 'linux',
  } as const;
  return nextSteps({ ...finished, isCommitted: true, isInGit: true, isNobody: false, server: {}, ...known });
}

const textOf = (steps: ReturnType<typeof stepsFor>) =>
  steps.flatMap(({ text, commands }) => [text, ...commands]).join('\n');

describe('where it is pushed', () => {
  test.each<[string, Draft['repository'], string]>([
    ['a server', { provider: 'git', owner: 'acme', host: 'git.acme.io' }, 'git@git.acme.io:acme/demo.git'],
    [
      'a server with a port',
      { provider: 'git', owner: 'acme', host: 'git.acme.io:8443' },
      'https://git.acme.io:8443/acme/demo.git',
    ],
    [
      'a server below a path',
      { provider: 'git', owner: 'acme', host: 'acme.io/git' },
      'https://acme.io/git/acme/demo.git',
    ],
    ['an address', { provider: 'git', owner: 'acme', host: 'https://acme.io//' }, 'https://acme.io/acme/demo.git'],
    ['nobody yet', {}, 'git@YOUR_SERVER:OWNER/demo.git'],
  ])('%s', (_name, repository, remote) => {
    expect(textOf(stepsFor(repository))).toContain(`git remote add origin ${remote}\n`);
  });
});

describe('where it is published', () => {
  test.each<[string, Draft['repository'], string]>([
    ['GitHub', { provider: 'github', owner: 'acme' }, 'GITHUB_TOKEN'],
    ['GitLab', { provider: 'gitlab', owner: 'acme/platform' }, 'GITLAB_TOKEN'],
    ['Gitea', { provider: 'gitea', owner: 'acme', host: 'git.acme.io' }, 'GITEA_TOKEN'],
  ])('%s', (_name, repository, token) => {
    const text = textOf(stepsFor(repository));
    expect(text).toMatch(/^cd demo\nnpx create-flux-repo@\S+ publish$/m);
    expect(text).toContain(`The token is read from ${token}:`);
    expect(text).not.toContain('git remote add');
  });

  test('and when it is, the deploy keys follow instead', () => {
    const step = { text: 'Give it the deploy key:', commands: ['kubectl'] };
    const steps = stepsFor({ provider: 'github', owner: 'acme' }, { afterPublishing: [step] });
    expect(steps).toContain(step);
    expect(textOf(steps)).not.toContain(' publish');
  });
});

describe('installing Flux', () => {
  test.each<[Draft['repository'], string, string | undefined]>([
    [{ provider: 'github', owner: 'acme' }, 'GITHUB_TOKEN', 'Add --personal if acme is a user.'],
    [{ provider: 'gitlab', owner: 'acme' }, 'GITLAB_TOKEN', 'Add --personal if acme is a user.'],
    [{ provider: 'gitlab', owner: 'acme/platform' }, 'GITLAB_TOKEN', undefined],
    [{ provider: 'gitea', owner: 'acme', host: 'git.acme.io' }, 'GITEA_TOKEN', 'Add --personal if acme is a user.'],
  ])('%j: says where the token comes from and what a person adds', (repository, token, personal) => {
    const { text = '', commands = [] } = stepsFor(repository).at(-1) ?? {};
    expect(text).toContain(`Its token is read from ${token}.`);
    if (personal === undefined) expect(text).not.toContain('--personal');
    else expect(text).toContain(personal);
    expect(text).toContain('It commits to the branch: pull afterwards. The same for staging.');
    expect(commands.at(-1)).toBe('git pull');
  });

  test.each<[string, string | undefined, string]>([
    ['https://git.acme.io:8443', undefined, '--hostname=https://git.acme.io:8443 --ssh-hostname=git.acme.io '],
    ['git.acme.io', 'ssh://git@ssh.acme.io:2222/acme/demo', '--hostname=git.acme.io --ssh-hostname=ssh.acme.io:2222 '],
    ['git.acme.io', 'ssh://git@git.acme.io:22/acme/demo', '--hostname=git.acme.io --owner'],
  ])('from %s, which tells of SSH %s, names the server of both', (host, sshUrl, words) => {
    const steps = stepsFor({ provider: 'gitea', owner: 'acme', host }, { server: { sshUrl } });
    expect(steps.at(-1)?.commands[0]).toContain(words);
  });

  test('from a server with an authority of its own names its certificate', () => {
    const steps = stepsFor(
      { provider: 'gitea', owner: 'acme', host: 'git.acme.io' },
      { server: { caFile: 'my ca.pem' } },
    );
    expect(steps.at(-1)?.commands[0]).toContain("--hostname=git.acme.io --ca-file='my ca.pem' --owner=acme ");
  });

  test('from any git server takes no token', () => {
    expect(stepsFor({ provider: 'git' }).at(-1)?.text).not.toContain('oken');
  });
});

describe('committing by hand', () => {
  const commit = ['git add --all', "git commit --message 'Scaffold the Flux repository'"];

  test('without a repository: made on the branch that Flux follows', () => {
    const [first] = stepsFor({ branch: 'trunk' }, { isCommitted: false, isInGit: false });
    expect(first?.commands).toEqual(['cd demo', 'git init --initial-branch=trunk', ...commit]);
  });

  test('in a repository that is there: not made again', () => {
    const [first] = stepsFor({}, { isCommitted: false, shown: '.' });
    expect(first).toEqual({ text: 'Commit the files:', commands: commit });
  });

  test('when git does not know who commits: that first', () => {
    const [first] = stepsFor({}, { isCommitted: false, isNobody: true });
    expect(first?.text).toContain('Tell git who commits');
    expect(first?.commands.slice(0, 3).map((command) => command.split(' ').slice(0, 4).join(' '))).toEqual([
      'git config --global user.name',
      'git config --global user.email',
      'cd demo',
    ]);
  });
});
