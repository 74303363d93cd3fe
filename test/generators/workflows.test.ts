import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { commandMeant } from '../../src/cli/command-names.ts';
import { providers } from '../../src/model/model.ts';
import { completeModel } from '../support/complete-model.ts';
import { at, itemsAt, textAt, textsIn } from '../support/manifest.ts';
import { repositoryTree } from '../support/repository-tree.ts';

const places = {
  github: ['.github/workflows/flux-repo.yml', '.github/CODEOWNERS'],
  git: ['.github/workflows/flux-repo.yml', '.github/CODEOWNERS'],
  none: ['.github/workflows/flux-repo.yml', '.github/CODEOWNERS'],
  gitlab: ['.gitlab-ci.yml', '.gitlab/CODEOWNERS'],
  gitea: ['.gitea/workflows/flux-repo.yml', 'CODEOWNERS'],
} as const;

const every = [...new Set<string>(Object.values(places).flat())];

const tree = (provider: (typeof providers)[number]) =>
  repositoryTree(completeModel({ repository: { provider, owner: 'acme', host: 'git.example.com' } }));

test.for(providers)(
  'a repository for %s has its CI and code owners where they are looked for, and nowhere else',
  (provider) => {
    const files = tree(provider);
    expect(every.filter((path) => files.has(path)).sort()).toEqual([...places[provider]].sort());
  },
);

describe.for(providers)('the CI of %s', (provider) => {
  const text = tree(provider).get(places[provider][0]) ?? '';
  const workflow: unknown = parse(text);

  test('scans for secrets with the version that made it, beside a hook that needs no Node', () => {
    expect(textsIn(workflow)).toContainEqual(expect.stringMatching(/^npx create-flux-repo@\d\S+ secrets scan$/));
    expect(tree(provider).get('.githooks/pre-commit')).toMatch(/^#!\/bin\/sh\n/);
  });

  test('takes foreign code by digest or from a version that names itself', () => {
    const steps = Object.values((at(workflow, 'jobs') ?? {}) as object).flatMap((job) => itemsAt(job, 'steps'));
    const uses = steps.map((step) => textAt(step, 'uses')).filter(Boolean);
    for (const action of uses) expect(action).toMatch(provider === 'gitea' ? /@v\d+$/ : /@[0-9a-f]{40}$/);
    if (provider !== 'gitlab') expect(uses.length).toBeGreaterThan(0);
  });

  test('names no command that this version does not have', () => {
    const files = [text, tree(provider).get('README.md') ?? '', tree(provider).get('.githooks/pre-commit') ?? ''];
    for (const file of files) {
      expect(file).not.toMatch(/npx flux-repo/);
      for (const [, word] of file.matchAll(/create-flux-repo@\S+ ([a-z]+)/g))
        expect(commandMeant(word ?? '')).toEqual({ name: word, isLater: false });
    }
  });
});

test('the workflow of GitHub may read the code and do no more', () => {
  const workflow: unknown = parse(tree('github').get('.github/workflows/flux-repo.yml') ?? '');
  expect(at(workflow, 'permissions')).toEqual({ contents: 'read' });
});
