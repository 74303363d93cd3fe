import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';

type Act = (made: MadeRepository) => Promise<unknown> | unknown;

const add =
  (...argv: readonly string[]): Act =>
  async ({ run }) => {
    const { code, err } = await run('add', ...argv, '--yes');
    if (code !== 0) throw new Error(err);
  };
const edit =
  (path: string, from: string, to: string): Act =>
  (made) =>
    made.edit(path, from, to);
const append =
  (path: string, text: string): Act =>
  ({ read, write }) =>
    write(path, `${read(path)}${text}`);
const applied =
  (from: string, to: string): Act =>
  async ({ edit: change, run }) => {
    change('flux-repo.yaml', from, to);
    const { code, err } = await run('apply', '--yes');
    if (code !== 0) throw new Error(err);
  };

/** Each touches another value, so that any of them can stand on either branch. */
const acts: Record<string, Act> = {
  'add app api': add('app', 'api', '--image', 'ghcr.io/acme/api:1.0.0'),
  'add app zoo': add('app', 'zoo'),
  'add component': add('component', 'm', '--chart', 'https://charts.example.com/m', '--chart-version', '3.x'),
  'add environment': add('environment', 'qa'),
  'apply an interval': applied('  staging: {}', '  staging:\n    intervals:\n      apps: 3m'),
  'apply an image': applied('image: nginx:1.27', 'image: nginx:1.29 # newer'),
  'scale by hand': edit('apps/base/web/deployment.yaml', 'replicas: 2', 'replicas: 5 # busy'),
  'limit by hand': edit('apps/base/web/deployment.yaml', 'kind: Deployment', 'kind: Deployment # ours'),
  'comment in a list': edit('apps/overlays/production/kustomization.yaml', '- web.yaml', '- web.yaml # the shop'),
  'label by hand': edit('apps/overlays/staging/web.yaml', '  name: web\n', '  name: web\n  labels:\n    team: shop\n'),
  'title of the README': edit('README.md', '# demo', '# Demo of ours'),
  'end of the README': append('README.md', '\n## Ours\n'),
  'ignored file': append('.gitignore', '*.bak\n'),
  'rule of .sops.yaml': edit(
    '.sops.yaml',
    'creation_rules:\n',
    'creation_rules:\n  - path_regex: ^private/\n    age: age17jfu26z48zr5mpaqgdlzqccwffmp2l3ju9nfk67d36n8puqzcv0qffrgp4\n',
  ),
  'comment in the model': edit('flux-repo.yaml', '  web:\n', '  # the shop window\n  web:\n'),
  'deleted file': ({ git }) => git('rm', '--quiet', '--force', 'apps/base/web/httproute.yaml'),
};

/** A fixed sequence of numbers below 1: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function dealt(seed: number): { ours: string[]; theirs: string[] } {
  const next = numbersFrom(seed);
  const names = Object.keys(acts)
    .map((name) => ({ name, at: next() }))
    .sort((one, other) => one.at - other.at)
    .map(({ name }) => name);
  return { ours: names.slice(0, 5), theirs: names.slice(5, 10) };
}

async function perform(made: MadeRepository, names: readonly string[]): Promise<void> {
  for (const name of names) await acts[name]?.(made);
  made.git('add', '--all');
  made.git('commit', '--quiet', `--message=${names.join(', ')}`);
}

/** When a deletion and an edit were noted is no matter: that is when their unit was generated next. */
const comparable = (files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => !path.startsWith('.flux-repo/base/'))
      .map(([path, text]) => [
        path,
        path.startsWith('.flux-repo/lock/') ? text.replaceAll(/ +"kept": true,\n/g, '') : text,
      ]),
  );

const seeds = Array.from({ length: Number(process.env.SEEDS ?? 6) }, (_, index) => index + 1);

test.each(seeds.map((seed) => ({ seed, ...dealt(seed) })))(
  'branches $ours and $theirs come to the same as one after the other',
  async ({ ours, theirs }) => {
    const made = await madeRepository();
    made.git('switch', '--quiet', '--create', 'other');
    await perform(made, theirs);
    made.git('switch', '--quiet', 'main');
    await perform(made, ours);
    spawnSync('git', ['merge', '--quiet', '--no-edit', 'other'], { cwd: made.root, env: made.system.env });
    const isConflict = made.git('ls-files', '--unmerged') !== '';
    const { code, err } = await made.run(isConflict ? 'resolve' : 'apply', '--yes');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(made.git('ls-files', '--unmerged')).toBe('');
    expect(await made.run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });

    const inTurn = await madeRepository();
    await perform(inTurn, ours);
    await perform(inTurn, theirs);
    const [merged, wanted] = [comparable(made.files()), comparable(inTurn.files())];
    expect(merged).toEqual(wanted);
  },
);
