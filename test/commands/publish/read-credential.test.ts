import { expect, test } from 'vitest';
import { readCredentialSteps } from '../../../src/commands/publish/read-credential.ts';
import type { Draft } from '../../../src/model/model.ts';
import { completeModel } from '../../support/complete-model.ts';

type Repository = NonNullable<Draft['repository']>;

function commandsFor(repository: Repository, web: string, caFile?: string): string[] {
  const model = completeModel({ repository: { owner: 'acme', name: 'fleet', ...repository } });
  const io = { home: '/home/ada', platform: 'linux' } as Parameters<typeof readCredentialSteps>[0];
  const from = { model, keysFolder: '/home/ada/keys/fleet-0123abcd', where: 'acme/fleet', web, caFile };
  return readCredentialSteps(io, from).flatMap(({ commands }) => commands);
}

const create = 'kubectl -n flux-system create secret generic flux-system-read';

test.each([
  [undefined, 'https://github.com', ''],
  ['github.com', 'https://github.com', ''],
  ['acme.ghe.com', 'https://acme.ghe.com', ' --from-literal=githubAppBaseURL=https://api.acme.ghe.com'],
  ['git.acme.dev', 'https://git.acme.dev', ' --from-literal=githubAppBaseURL=https://git.acme.dev/api/v3'],
])('a GitHub App is given with the API of %s', (host, web, base) => {
  const app = { provider: 'github', credential: 'github-app', ...(host !== undefined && { host }) } as const;
  expect(commandsFor(app, web)[1]).toBe(
    `${create} --from-literal=githubAppID=APP_ID --from-literal=githubAppInstallationOwner=acme --from-file=githubAppPrivateKey=APP.private-key.pem${base}`,
  );
});

test('a deploy token is given as the folder that it is kept in', () => {
  const token = { provider: 'gitlab', owner: 'acme/platform', credential: 'deploy-token' } as const;
  expect(commandsFor(token, 'https://gitlab.com')).toEqual([
    'kubectl create namespace flux-system --dry-run=client -o yaml | kubectl apply -f -',
    `${create} --from-file=$HOME/keys/fleet-0123abcd/deploy-token-production`,
  ]);
});

test("a token comes with the certificate of the server's own authority, and is in no argument", () => {
  const token = { provider: 'gitea', host: 'git.acme.dev', credential: 'token' } as const;
  expect(commandsFor(token, 'https://git.acme.dev', '/etc/acme ca.pem')[1]).toBe(
    `printf %s "$FLUX_READ_TOKEN" | ${create} --from-literal=username=git --from-file=password=/dev/stdin --from-file=ca.crt='/etc/acme ca.pem'`,
  );
});

test('a deploy key needs none of that', () => {
  expect(commandsFor({ provider: 'github' }, 'https://github.com')).toEqual([]);
});
