import { expect, test } from 'vitest';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { readerChanges } from '../../../src/secrets/readers/reader-changes.ts';
import { readSopsConfig } from '../../../src/secrets/sops-config/read-sops-config.ts';

const keys = await Promise.all([1, 2, 3, 4].map(generateAgeKey));
const [cluster = '', recovery = '', ada = '', other = ''] = keys.map(({ recipient }) => recipient);
const rule = (folder: string, ...recipients: string[]) =>
  `  - path_regex: ^${folder}/.*\\.sops\\.yaml$\n    age: ${recipients.join(',')}\n`;
const configOf = (...rules: string[]) =>
  readSopsConfig({ text: `creation_rules:\n${rules.join('')}`, file: '.sops.yaml' });
const file = (path: string, ...recipients: string[]) => ({ path, text: '', recipients, foreign: [] });
const told = ({ changes }: ReturnType<typeof readerChanges>) =>
  changes.map(({ file: { path }, recipients }) => [path, recipients]);

test('somebody is added where the rule of the file names them, and nobody else changes', async () => {
  const config = await configOf(rule('own', cluster, other), rule('apps', cluster, recovery, ada));
  const files = [file('apps/a.sops.yaml', cluster, other), file('own/b.sops.yaml', cluster)];
  expect(told(readerChanges(files, config, { add: [ada] }))).toEqual([['apps/a.sops.yaml', [cluster, other, ada]]]);
});

test('somebody is dropped unless a rule of the user still names them, which is told', async () => {
  const config = await configOf(rule('own', cluster, ada), rule('apps', cluster, recovery));
  const files = [file('apps/a.sops.yaml', cluster, ada), file('own/b.sops.yaml', cluster, ada)];
  const found = readerChanges(files, config, { drop: [ada] });
  expect(told(found)).toEqual([['apps/a.sops.yaml', [cluster]]]);
  expect(found.byOwnRule).toMatchObject([{ file: { path: 'own/b.sops.yaml' }, line: 2 }]);
});

test('without a wish every file gets the readers of its rule; one without a rule is told', async () => {
  const config = await configOf(rule('apps', cluster, recovery));
  const files = [
    file('apps/a.sops.yaml', ada, cluster),
    file('apps/b.sops.yaml', recovery, cluster),
    file('x.yaml', ada),
  ];
  const found = readerChanges(files, config);
  expect(told(found)).toEqual([['apps/a.sops.yaml', [cluster, recovery]]]);
  expect(found.withoutRule.map(({ path }) => path)).toEqual(['x.yaml']);
});
