import { describe, expect, it } from 'vitest';
import { connected, fleet } from './connected.ts';

const json = (told: unknown) => ({ status: 200, json: told });
const policy = { pullRequests: true, approvals: 1, codeOwners: true, deployKeysPass: true };

/** All five parameters are required: https://docs.github.com/rest/repos/rules#create-a-repository-ruleset */
const ruleset = {
  name: 'create-flux-repo',
  target: 'branch',
  enforcement: 'active',
  conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } },
  rules: [
    { type: 'deletion' },
    { type: 'non_fast_forward' },
    {
      type: 'pull_request',
      parameters: {
        required_approving_review_count: 1,
        dismiss_stale_reviews_on_push: false,
        require_code_owner_review: true,
        require_last_push_approval: false,
        required_review_thread_resolution: false,
      },
    },
  ],
  bypass_actors: [{ actor_type: 'DeployKey', bypass_mode: 'always', actor_id: null }],
};
const route = '/repos/acme/fleet/rulesets';

describe('the branch on GitHub', () => {
  it('is protected by a ruleset that lets deploy keys pass', async () => {
    const routes = {
      [`GET ${route}`]: json([{ id: 1, name: 'theirs' }]),
      [`POST ${route}`]: { status: 201, json: {} },
    };
    const { provider, server } = await connected('github', routes);
    expect(await provider.protect(fleet, 'main', policy)).toBe('applied');
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual(ruleset);
  });

  it('is protected against deletion and rewriting alone where people may push', async () => {
    const routes = { [`GET ${route}`]: json([]), [`POST ${route}`]: { status: 201, json: {} } };
    const { provider, server } = await connected('github', routes);
    expect(await provider.protect(fleet, 'main', { ...policy, pullRequests: false })).toBe('applied');
    const { rules, bypass_actors } = JSON.parse(server.received.at(-1)?.body ?? '');
    expect([rules, bypass_actors]).toEqual([[{ type: 'deletion' }, { type: 'non_fast_forward' }], []]);
  });

  it('is left alone when it is protected so, also with rules that people added', async () => {
    const there = { id: 9, ...ruleset, rules: [...ruleset.rules, { type: 'required_signatures' }] };
    const routes = { [`GET ${route}`]: json([{ id: 9, name: ruleset.name }]), [`GET ${route}/9`]: json(there) };
    expect(await (await connected('github', routes)).provider.protect(fleet, 'main', policy)).toBe('unchanged');
  });

  it('gets another ruleset when more is wanted', async () => {
    const routes = {
      ...{ [`GET ${route}`]: json([{ id: 9, name: ruleset.name }]), [`GET ${route}/9`]: json({ id: 9, ...ruleset }) },
      [`PUT ${route}/9`]: json({}),
    };
    const { provider, asked } = await connected('github', routes);
    expect(await provider.protect(fleet, 'main', { ...policy, approvals: 2 })).toBe('applied');
    expect(asked().at(-1)).toBe(`PUT ${route}/9`);
  });

  it('keeps what people made stricter when it gets another ruleset', async () => {
    const [deletion, rewriting, pulls] = ruleset.rules;
    const parameters = { ...pulls?.parameters, required_approving_review_count: 2, require_last_push_approval: true };
    const checks = {
      type: 'required_status_checks',
      parameters: { required_status_checks: [{ context: 'test' }], strict_required_status_checks_policy: false },
    };
    const rules = [
      deletion,
      checks,
      { type: 'pull_request', parameters: { ...parameters, allowed_merge_methods: ['squash'] } },
    ];
    const conditions = { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } };
    const there = { id: 9, ...ruleset, conditions, rules, bypass_actors: [] };
    const routes = {
      ...{ [`GET ${route}`]: json([{ id: 9, name: ruleset.name }]), [`GET ${route}/9`]: json(there) },
      [`PUT ${route}/9`]: json({}),
    };
    const { provider, server } = await connected('github', routes);
    expect(await provider.protect(fleet, 'main', { ...policy, approvals: 0, codeOwners: false })).toBe('applied');
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual({
      ...ruleset,
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH', 'refs/heads/main'], exclude: [] } },
      rules: [...rules, rewriting],
      bypass_actors: [],
    });
  });

  it('is not protected where the plan has no rulesets', async () => {
    const message = 'Upgrade to GitHub Pro or make this repository public to enable this feature.';
    const routes = { [`GET ${route}`]: { status: 403, json: { message } } };
    expect(await (await connected('github', routes)).provider.protect(fleet, 'main', policy)).toBe('unsupported');
  });

  it('is pushed to from hosts whose keys the API tells', async () => {
    const { provider } = await connected('github', { 'GET /meta': json({ ssh_keys: ['ssh-ed25519 AAAA'] }) });
    expect(await provider.sshHostKeys()).toEqual(['127.0.0.1 ssh-ed25519 AAAA']);
  });
});
