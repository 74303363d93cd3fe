import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import { readDraft } from '../../src/model/read-model.ts';
import { completeModel } from '../support/complete-model.ts';
import { repositoryTree } from '../support/repository-tree.ts';

const golden = join(import.meta.dirname, '../golden');
const cases = readdirSync(golden);

/** Paths of the files below a folder, as in a repository. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/**
 * `test/golden/<case>/input.yaml` is what a person gives to `--config`, `expected/` what they get, for reviewers to read.
 * `.flux-repo/` is bookkeeping and has tests of its own; encrypted files are listed and not there, as `create` does not write
 * them. After a wanted change: `npx vitest run --project fast golden-trees -u`.
 */
test.for(cases)('the repository of golden case %s is as expected', async (name) => {
  const folder = join(golden, name);
  const input = readFileSync(join(folder, 'input.yaml'), 'utf8').replaceAll('\r\n', '\n');
  const tree = repositoryTree(completeModel(readDraft({ text: input, file: 'input.yaml' }), name));
  const wanted = [...tree].filter(([path]) => !/^\.flux-repo\/|\.sops\.yaml$/.test(path) || path === '.sops.yaml');
  const paths = wanted.map(([path]) => path).sort();
  const expected = join(folder, 'expected');
  if (expect.getState().snapshotState.snapshotUpdateState === 'all')
    for (const path of filesBelow(expected).filter((file) => !paths.includes(file))) rmSync(join(expected, path));
  // Without -u a file that is not there yet would be written, and the test would pass.
  else expect(filesBelow(expected)).toEqual(paths);
  for (const [path, contents] of wanted) await expect(contents).toMatchFileSnapshot(join(expected, path));
});

test('there are golden cases', () => {
  expect(cases).toEqual(['bare', 'charts', 'default', 'external-secrets', 'gitlab-environment-keys']);
});
