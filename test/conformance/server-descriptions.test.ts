import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDescription } from '../publish/descriptions/openapi-description.ts';
import { recordedExchanges } from '../publish/descriptions/recorded-exchanges.ts';
import type { Exchange } from '../publish/record-exchange.ts';

const { GITHUB_DESCRIPTION: github, GITLAB_TYPES: gitlab } = process.env;
if (github === undefined) console.warn("SKIPPED GitHub's description of its API: GITHUB_DESCRIPTION names no file.");
if (gitlab === undefined) console.warn("SKIPPED the types of GitLab's client: GITLAB_TYPES names no program.");

let exchanges: readonly Exchange[] = [];
beforeAll(async () => {
  exchanges = await recordedExchanges(['test/publish/']);
});

/** Tests in which another server answers, or GitHub where it has sent us: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects */
const others = [/^GET \/user: answer/, /^GET \/repositories\/7: not described$/];

const key = { method: 'POST', path: '/repos/acme/fleet/keys', kind: 'github', status: 422 } as const;

describe.skipIf(github === undefined)("GitHub's own description", () => {
  const description = () => openDescription(JSON.parse(readFileSync(github ?? '', 'utf8')));

  it('has all that we send to GitHub, and all that is answered in tests', () => {
    const { faultsOf, operationOf } = description();
    const ours = exchanges.filter(({ kind }) => kind === 'github');
    const faults = ours.flatMap(faultsOf).filter((fault) => !others.some((other) => other.test(fault)));
    expect(faults).toEqual([]);
    const done = new Set(ours.filter(({ status }) => status < 300).map(operationOf));
    expect([...done].sort()).toEqual(
      expect.arrayContaining([
        ...['DELETE /repos/{owner}/{repo}/hooks/{hook_id}', 'DELETE /repos/{owner}/{repo}/keys/{key_id}'],
        ...[
          'GET /repos/{owner}/{repo}/pulls',
          'PATCH /repos/{owner}/{repo}',
          'POST /orgs/{org}/repos',
          'POST /user/repos',
        ],
        ...['PATCH /repos/{owner}/{repo}/pulls/{pull_number}', 'PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}'],
        ...['hooks', 'keys', 'labels', 'pulls', 'rulesets'].map((part) => `POST /repos/{owner}/{repo}/${part}`),
        'PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}',
      ]),
    );
  });

  it('finds what it has not', () => {
    const { faultsOf } = description();
    expect(faultsOf({ ...key, said: { title: 'flux', key: 'ssh-ed25519 AAAA' } })).toEqual([]);
    const faults = (said: object) => faultsOf({ ...key, said }).join('\n');
    expect(faults({ title: 'flux' })).toContain("must have required property 'key'");
    expect(faults({ key: 'ssh-ed25519 AAAA', can_push: true })).toContain('must NOT have additional properties');
    expect(faults({ key: 'ssh-ed25519 AAAA', read_only: 'yes' })).toContain('must be boolean');
    const told = { id: 1, title: 'flux', key: 'ssh-ed25519 AAAA', can_push: true };
    expect(faultsOf({ ...key, said: { key: 'x' }, status: 201, told }).join('\n')).toContain('"can_push"');
    expect(faultsOf({ ...key, method: 'GET', path: '/repos/acme/fleet/keys?limit=5', status: 200, told: [] })).toEqual([
      'GET /repos/{owner}/{repo}/keys: has no parameter limit',
    ]);
  });
});

describe.skipIf(gitlab === undefined)("the types of GitLab's own client", () => {
  const hold = (held: readonly object[]) => {
    const input = held.map((each) => `${JSON.stringify(each)}\n`).join('');
    const { stdout, status } = spawnSync(gitlab ?? '', { input, encoding: 'utf8' });
    expect(status).toBe(0);
    return stdout.split('\n').filter((line) => line !== '');
  };

  it('have all that we send to GitLab, and all that is answered in tests', () => {
    expect(hold(exchanges.filter(({ kind }) => kind === 'gitlab'))).toEqual([]);
  });

  it('find what they have not', () => {
    const asked = { method: 'POST', path: '/projects/7/deploy_keys', status: 201 };
    const faults = (more: object) => hold([{ ...asked, ...more }]).filter((line) => line.startsWith('fault'));
    expect(faults({ said: { title: 'flux', key: 'x', can_push: false }, told: { id: 1 } })).toEqual([]);
    expect(faults({ said: { read_only: true } })).toEqual([expect.stringContaining('unknown field "read_only"')]);
    expect(faults({ told: { id: '1' } })).toEqual([expect.stringContaining('cannot unmarshal string')]);
    expect(faults({ path: '/projects/7/deploy_keys?limit=5' })).toEqual([
      expect.stringContaining('no parameter limit'),
    ]);
    expect(faults({ path: '/projects/7/keys' })).toEqual([expect.stringContaining('no such operation')]);
  });
});
