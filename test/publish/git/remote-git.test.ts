import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RemoteGit } from '../../../src/publish/git/remote-git.ts';
import { localCommit, pushCommit, remoteHistory } from '../../../src/publish/git/remote-history.ts';
import { redactorOf } from '../../../src/publish/redactor.ts';
import { Secret } from '../../../src/secrets/secret.ts';
import { type GitSandbox, gitSandbox } from '../../git/git-sandbox.ts';
import { failureOf } from '../connected.ts';
import { fakeForge, forgeToken } from '../fake-forge.ts';
import { addRepository } from '../forge-routes.ts';
import { hasOpenssl, selfSignedCertificate } from '../http/loopback-server.ts';
import { tlsFront } from '../http/tls-front.ts';

/** A commit here, an empty repository there. */
async function remote(): Promise<{
  there: RemoteGit;
  sandbox: GitSandbox;
  cwd: string;
  forge: Awaited<ReturnType<typeof fakeForge>>;
}> {
  const [forge, sandbox] = [await fakeForge(), gitSandbox()];
  addRepository(forge, 'acme/demo');
  const cwd = sandbox.repository('here');
  sandbox.git(cwd, 'branch', '-M', 'main');
  const there: RemoteGit = {
    url: `${forge.url}/acme/demo.git`,
    shown: 'acme/demo',
    call: { cwd, env: { ...sandbox.env } },
    login: { user: 'ada', token: new Secret(forgeToken), from: 'GITEA_TOKEN' },
    caFile: undefined,
    redact: redactorOf([forgeToken]),
  };
  return { there, sandbox, cwd, forge };
}

async function here({ call }: RemoteGit) {
  return { branch: 'main', commit: (await localCommit('main', call)) ?? '' };
}

describe('git with a token', () => {
  test('creates a branch, sees it, and follows what comes', async () => {
    const { there, sandbox, cwd } = await remote();
    expect(await remoteHistory(there, await here(there))).toEqual({ standing: 'empty' });
    await pushCommit(there, await here(there), undefined);
    const first = await here(there);
    expect(await remoteHistory(there, first)).toEqual({ standing: 'same', commit: first.commit });
    sandbox.git(cwd, 'commit', '--allow-empty', '-qm', 'More');
    const more = await here(there);
    expect(await remoteHistory(there, more)).toEqual({ standing: 'behind', commit: first.commit });
    await pushCommit(there, more, first.commit);
    sandbox.git(cwd, 'reset', '-q', '--hard', first.commit);
    expect(await remoteHistory(there, first)).toEqual({ standing: 'ahead', commit: more.commit });
    sandbox.git(cwd, 'commit', '--allow-empty', '-qm', 'Other');
    expect((await remoteHistory(there, await here(there))).standing).toBe('diverged');
  });

  test.skipIf(!hasOpenssl)('believes the authority that was named, whatever the person has set', async () => {
    const { there, cwd, forge } = await remote();
    const certificate = selfSignedCertificate();
    const front = await tlsFront(forge.url, certificate);
    onTestFinished(front.close);
    const caFile = join(cwd, 'ca.pem');
    writeFileSync(caFile, certificate.cert);
    const url = `${front.url}/acme/demo.git`;
    const call = { ...there.call, env: { ...there.call.env, GIT_SSL_CAINFO: '/dev/null' } };
    expect(await remoteHistory({ ...there, url, call, caFile }, await here(there))).toEqual({ standing: 'empty' });
    const failure = await failureOf(remoteHistory({ ...there, url, call }, await here(there)));
    expect(failure.code).toBe('network-tls');
  });

  test('overwrites nothing', async () => {
    const { there, sandbox, cwd, forge } = await remote();
    await pushCommit(there, await here(there), undefined);
    const taken = forge.git('acme/demo', 'rev-parse', 'main');
    sandbox.git(cwd, 'commit', '--amend', '--allow-empty', '-qm', 'Another beginning');
    expect((await remoteHistory(there, await here(there))).standing).toBe('foreign');
    const failure = await failureOf(pushCommit(there, await here(there), undefined));
    expect([failure.code, forge.git('acme/demo', 'rev-parse', 'main')]).toEqual(['repository-exists', taken]);
  });

  test('loses nothing that was seen there, even where nobody pushed since', async () => {
    const { there, sandbox, cwd, forge } = await remote();
    await pushCommit(there, await here(there), undefined);
    const first = await here(there);
    sandbox.git(cwd, 'commit', '--allow-empty', '-qm', 'Theirs');
    const theirs = await here(there);
    await pushCommit(there, theirs, first.commit);
    sandbox.git(cwd, 'reset', '-q', '--hard', first.commit);
    const older = await failureOf(pushCommit(there, first, theirs.commit));
    sandbox.git(cwd, 'commit', '--allow-empty', '-qm', 'Ours');
    const beside = await failureOf(pushCommit(there, await here(there), theirs.commit));
    expect([older.code, beside.code]).toEqual(['repository-diverged', 'repository-diverged']);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(theirs.commit);
  });

  test('gives the token to nobody else: no helper, hook, file or rewritten address', async () => {
    const { there, sandbox, cwd, forge } = await remote();
    const store = join(sandbox.folder, 'stored');
    const seen = join(sandbox.folder, 'seen');
    sandbox.write('hooks/pre-push', `#!/bin/sh\nenv > ${seen}\n`, 0o755);
    sandbox.configure(
      [
        `[credential]\n\thelper = store --file=${store}`,
        `[credential "${forge.url}"]\n\thelper = store --file=${store}`,
        `[core]\n\thooksPath = ${join(sandbox.folder, 'hooks')}`,
        `[url "ssh://git@127.0.0.1:9/"]\n\tinsteadOf = ${forge.url}/`,
        `[url "ssh://git@127.0.0.1:9/x/"]\n\tpushInsteadOf = ${forge.url}/`,
        `[http "${forge.url}"]\n\textraHeader = Authorization: Basic bm9ib2R5`,
      ].join('\n'),
    );
    await pushCommit(there, await here(there), undefined);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe((await here(there)).commit);
    expect([existsSync(store), existsSync(seen)]).toEqual([false, false]);
    expect(readFileSync(join(cwd, '.git/config'), 'utf8')).not.toContain(forgeToken);
  });

  test('has it in no argument of any program', async () => {
    const { there, sandbox } = await remote();
    const trace = join(sandbox.folder, 'trace');
    const call = { ...there.call, env: { ...there.call.env, GIT_TRACE: trace, GIT_TRACE2_EVENT: `${trace}2` } };
    await pushCommit({ ...there, call }, await here(there), undefined);
    const told = readFileSync(trace, 'utf8') + readFileSync(`${trace}2`, 'utf8');
    expect(told).toContain('CREATE_FLUX_REPO_TOKEN');
    expect(told).not.toContain(forgeToken);
  });

  test('does not follow to another server', async () => {
    const { there, forge } = await remote();
    const headers: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      headers.push(request.headers.authorization);
      response.writeHead(401, { 'www-authenticate': 'Basic realm="other"' }).end();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    forge.before = ({ path }) =>
      path.startsWith('git:')
        ? { status: 302, headers: { location: `http://127.0.0.1:${port}${path.slice(4)}` } }
        : undefined;
    const failure = await failureOf(pushCommit(there, await here(there), undefined));
    expect([failure.code, headers]).toEqual(['redirected', []]);
  });
});

describe('what git and servers refuse', () => {
  const refusedBy = async (hook: string) => {
    const { there, forge } = await remote();
    writeFileSync(join(forge.root, 'acme/demo.git/hooks/pre-receive'), `#!/bin/sh\n${hook}\nexit 1\n`, { mode: 0o755 });
    return failureOf(pushCommit(there, await here(there), undefined));
  };

  test.each([
    ['branch-protected', 'echo "GH006: Protected branch update failed for refs/heads/main." >&2'],
    ['no-first-push', 'echo "A default branch (e.g. main) does not yet exist for acme/demo" >&2'],
    [
      'workflow-scope',
      'echo "refusing to allow a Personal Access Token to create or update workflow x without \\`workflow\\` scope" >&2',
    ],
    ['repository-archived', 'echo "This repository was archived so it is read-only." >&2'],
  ])('is %s in its own words', async (code, hook) => {
    const failure = await refusedBy(hook);
    expect([failure.code, failure.why.length > 1, failure.hint === undefined]).toEqual([code, true, false]);
  });

  test('a token that is refused is sent once', async () => {
    const { there, forge } = await remote();
    const login = { user: 'ada', token: new Secret('0000000000000000000000000000000000000000'), from: 'GITEA_TOKEN' };
    const failure = await failureOf(remoteHistory({ ...there, login }, await here(there)));
    expect([failure.code, forge.requests]).toEqual(['auth-invalid', []]);
    expect(failure.message).toContain('acme/demo');
  });

  test('one that is not there, and a server that is not', async () => {
    const { there, forge } = await remote();
    const missing = await failureOf(remoteHistory({ ...there, url: `${forge.url}/acme/other.git` }, await here(there)));
    expect(missing.code).toBe('not-visible');
    const nobody = await failureOf(
      remoteHistory({ ...there, url: 'http://127.0.0.1:1/acme/demo.git' }, await here(there)),
    );
    expect(nobody.code).toBe('network-refused');
  });
});
