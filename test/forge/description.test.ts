import { beforeAll, describe, expect, it } from 'vitest';
import { fromSwagger } from '../publish/descriptions/from-swagger.ts';
import { type Description, openDescription } from '../publish/descriptions/openapi-description.ts';
import type { Json } from '../publish/descriptions/plain-openapi.ts';
import { recordedExchanges } from '../publish/descriptions/recorded-exchanges.ts';
import type { Exchange } from '../publish/record-exchange.ts';

const { FORGE_URL: url } = process.env;
if (url === undefined)
  console.warn("SKIPPED Gitea's description of its API: run it by `FORGE_SCRIPT=… npm run test:forge`.");

/** Servers that do not know it drop it, and ours is not told by them: https://github.com/go-gitea/gitea/pull/34995 */
const newer = '{"additionalProperty":"block_on_codeowner_reviews"}';

/** Where a test has another program answer. */
const signInPage = /^GET \/user: answer must be object/;

describe.skipIf(url === undefined)("a real Gitea's own description", { timeout: 600_000 }, () => {
  let description: Description;
  let exchanges: readonly Exchange[] = [];
  beforeAll(async () => {
    const told = await (await fetch(`${url}/swagger.v1.json`)).json();
    description = openDescription(fromSwagger(told as Json));
    const parts = ['publish/', 'commands/publish/', 'commands/keys/', 'commands/pull/'];
    exchanges = await recordedExchanges(parts.map((part) => `test/${part}`));
  }, 600_000);

  it('has all that we send to Gitea, and all that our own one answers', () => {
    const { faultsOf, operationOf } = description;
    const ours = exchanges.filter(({ kind }) => kind === 'gitea');
    expect(
      ours
        .flatMap(faultsOf)
        .filter((fault) => !signInPage.test(fault))
        .filter((fault) => !fault.includes(newer)),
    ).toEqual([]);
    expect(ours.map(operationOf)).toEqual(
      expect.arrayContaining([
        ...['POST /orgs/{org}/repos', 'DELETE /repos/{owner}/{repo}/keys/{id}', 'GET /repos/{owner}/{repo}/keys'],
        ...['branch_protections', 'hooks', 'keys', 'labels', 'pulls'].map(
          (part) => `POST /repos/{owner}/{repo}/${part}`,
        ),
        ...['GET /repos/{owner}/{repo}/pulls', 'PATCH /repos/{owner}/{repo}/pulls/{index}'],
      ]),
    );
  });

  it('finds what it has not', () => {
    const key = { kind: 'gitea', method: 'POST', path: '/repos/acme/demo/keys', status: 201 } as const;
    const faults = (more: object) => description.faultsOf({ ...key, ...more }).join('\n');
    expect(faults({ said: { title: 'flux', key: 'x', read_only: true }, told: { id: 1 } })).toBe('');
    expect(faults({ said: { title: 'flux' }, told: {} })).toContain("must have required property 'key'");
    expect(faults({ said: { title: 'flux', key: 'x', can_push: true }, told: {} })).toContain('additional properties');
    expect(faults({ said: { title: 'flux', key: 'x' }, told: { id: 'one' } })).toContain('must be integer');
  });
});
