import { describe, expect, it } from 'vitest';
import { connected, failureOf, fleet } from './connected.ts';
import type { Received, Told } from './http/loopback-server.ts';

const pulls = { pullRequests: true, approvals: 0, codeOwners: false, deployKeysPass: true };
const rule = '/projects/7/protected_branches/main';
const rules = '/projects/7/protected_branches';
const role = (id: number, access_level: number) => ({ id, access_level, user_id: null, deploy_key_id: null });
const ada = { id: 3, access_level: 40, user_id: 12, group_id: null };
const found = {
  ...{ id: 1, name: 'main', allow_force_push: false, code_owner_approval_required: true },
  push_access_levels: [role(1, 40), role(2, 30), ada],
  merge_access_levels: [role(4, 30)],
};
const json = (told: unknown) => ({ status: 200, json: told });
const sent = ({ body }: Received) => (body === '' ? undefined : JSON.parse(body));

/** GitLab with one protected branch, which it makes and takes away. */
async function gitlab(answers: { create?: Told[]; change?: Told } = {}) {
  let there: object | undefined = found;
  let madeBy: string | undefined;
  const { create = [] } = answers;
  const noRule = { status: 404, json: { message: '404 Not Found' } };
  const { server, ...rest } = await connected('gitlab', {
    'GET /projects/7/deploy_keys': json([{ id: 8, title: 'x', key: 'ssh-ed25519 AAAA', can_push: true }]),
    [`GET ${rule}`]: () => (there === undefined ? noRule : json(there)),
    [`PATCH ${rule}`]: () => answers.change ?? json(there),
    [`DELETE ${rule}`]: () => {
      there = undefined;
      return { status: 204 };
    },
    [`POST ${rules}`]: ({ path }) => {
      const refusal = create.shift();
      if (refusal === undefined) [there, madeBy] = [{ id: 2, name: 'main' }, path];
      return refusal ?? { status: 201, json: {} };
    },
  });
  const writes = () => server.received.filter(({ method }) => method !== 'GET');
  return { ...rest, writes, madeBy: () => madeBy };
}

describe('a branch on GitLab that is protected already', () => {
  it('is changed in place: whoever is named stays, and so does the approval of code owners', async () => {
    const after = [role(9, 0), ada, { id: 10, access_level: 40, deploy_key_id: 8 }];
    const { provider, writes } = await gitlab({ change: json({ ...found, push_access_levels: after }) });
    expect(await provider.protect(fleet, 'main', pulls)).toBe('applied');
    expect(writes().map(({ method, ...each }) => [method, sent({ method, ...each })])).toEqual([
      [
        'PATCH',
        {
          ...{ allow_force_push: false, code_owner_approval_required: true },
          allowed_to_push: [
            ...[
              { id: 1, _destroy: true },
              { id: 2, _destroy: true },
            ],
            ...[{ access_level: 0 }, { deploy_key_id: 8 }],
          ],
        },
      ],
    ]);
  });

  it('is made anew where a rule cannot be changed, with all that it had', async () => {
    const { provider, writes } = await gitlab();
    await provider.protect(fleet, 'main', pulls);
    const [, , create, lists] = writes();
    expect(create?.path).toMatch(
      /push_access_level=0&merge_access_level=30&allow_force_push=false&code_owner_approval_required=true&name=main$/,
    );
    expect(lists && sent(lists)).toEqual({
      ...{ allowed_to_push: [{ user_id: 12 }, { deploy_key_id: 8 }], code_owner_approval_required: true },
    });
  });

  it('has its old rule again when the new one is refused, and says so when it has not', async () => {
    const busy = { status: 503, json: { message: 'busy' } };
    const again = await gitlab({ create: [busy] });
    const failure = await failureOf(again.provider.protect(fleet, 'main', pulls));
    expect(failure.why.join()).toContain('main is protected, but look at who may push');
    expect(again.madeBy()).toContain('push_access_level=30&merge_access_level=30');
    const open = await gitlab({ create: [busy, busy, busy, busy, busy, busy] });
    const lost = await failureOf(open.provider.protect(fleet, 'main', pulls));
    expect(lost.why.join()).toContain('main is NOT protected now');
  });
});
