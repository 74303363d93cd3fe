import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { readDraft, readModel } from '../../src/model/read-model.ts';

const head = `version: 1
id: 0123abcd
repository:
  name: demo
environments:
  production: {}
clusters:
  production:
    environment: production
`;

/** What a person is told about a file: `line:column message`, one per problem. */
function told(text: string, read: typeof readModel | typeof readDraft = readModel): string[] {
  try {
    read({ text, file: 'flux-repo.yaml' });
    return [];
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    expect(error.exitCode).toBe(2);
    return error.problems.map(({ file, line, column, message }) => {
      expect(file).toBe('flux-repo.yaml');
      return `${line}:${column} ${message}`;
    });
  }
}

test('a file without fault is read as it stands, with what it leaves out', () => {
  const model = readModel({ text: `${head}apps:\n  web:\n    image: nginx:1.27\n`, file: 'flux-repo.yaml' });
  expect(model).toMatchObject({
    layout: 'standard',
    repository: { name: 'demo', provider: 'none', branch: 'main', visibility: 'private' },
    apps: { web: { image: 'nginx:1.27' } },
    components: {},
    teams: {},
  });
});

test.for([
  ['an unknown key', `${head}componets: {}\n`, ['10:1 componets: unknown key "componets", did you mean "components"?']],
  [
    'an unknown key that is like no other',
    `${head}intervals:\n  xyzzy: 1h\n`,
    ['11:3 intervals.xyzzy: unknown key "xyzzy"; known here: infrastructure, apps, sources, charts, retry'],
  ],
  [
    'a misspelt key that was needed',
    head.replace('    environment:', '    enviroment:'),
    [
      '8:3 clusters.production.environment: "environment" is missing',
      '9:5 clusters.production.enviroment: unknown key "enviroment", did you mean "environment"?',
    ],
  ],
  ['a key twice', `${head}apps:\n  web: { image: a }\n  web: { image: b }\n`, ['12:3 the key web is there twice']],
  ['a tab', 'version: 1\n\tid: x\n', ['2:1 Tabs are not allowed as indentation']],
  ['an open bracket', `${head}layout: [standard\n`, [expect.stringMatching(/^11:1 .*end with a \]$/)]],
  ['two documents', `${head}---\na: b\n`, ['10:1 a second document begins here, where one is expected']],
  ['an alias of nothing', `${head}apps: *nothing\n`, [expect.stringMatching(/^1:1 Unresolved alias/)]],
  [
    'a number for text',
    head.replace('name: demo', 'name: 12'),
    ['4:3 repository.name: must be text (put it in quotes), not a number'],
  ],
  ['a map for text', head.replace('name: demo', 'name: {a: b}'), ['4:3 repository.name: must be text, not a map']],
  [
    'an id that YAML takes for a number',
    head.replace('0123abcd', '12345678'),
    ['2:1 id: must be text (put it in quotes), not a number'],
  ],
  ['a list for a map', `${head}apps:\n  - image: x\n`, ['10:1 apps: must be a map, not a list']],
  ['an empty list for a map', `${head}apps: []\n`, ['10:1 apps: must be a map, not a list']],
  [
    'a list for an object',
    head.replace('  production:\n    environment: production', '  production:\n    - environment: x'),
    ['8:3 clusters.production: must be a map, not a list'],
  ],
  ['a map that is empty', `${head}apps:\n`, ['10:1 apps: is empty: give it a map keyed by name, or take it out']],
  ['a unit that is empty', `${head}apps:\n  web:\n`, ['11:3 apps.web: is empty: give it a map, or take it out']],
  [
    'text for a number',
    `${head}apps:\n  web: { image: x, port: "80" }\n`,
    ['11:20 apps.web.port: must be a number, not text'],
  ],
  [
    'a port that is none',
    `${head}apps:\n  web: { image: x, port: 70000 }\n`,
    ['11:20 apps.web.port: must be at most 65535'],
  ],
  [
    'half a replica',
    `${head}apps:\n  web: { image: x, replicas: 1.5 }\n`,
    ['11:20 apps.web.replicas: must be a whole number'],
  ],
  [
    'a number for a duration',
    `${head}intervals:\n  apps: 10\n`,
    ['11:3 intervals.apps: must be a duration such as 30s, 10m or 1h, not a number'],
  ],
  [
    'words for a duration',
    `${head}intervals:\n  apps: 10 minutes\n`,
    ['11:3 intervals.apps: must be a duration such as 30s, 10m or 1h'],
  ],
  [
    'a word that is not on the list',
    `${head}layout: standart\n`,
    ['10:1 layout: must be one of standard, multi-tenant, fleet; did you mean "standard"?'],
  ],
  ['a version in quotes', head.replace('version: 1', 'version: "1"'), ['1:1 version: must be the number 1']],
  ['no version', head.replace('version: 1\n', ''), ['1:1 version: "version" is missing']],
  ['an empty file', '', ['1:1 the file: is empty']],
  ['a file of comments', '# nothing\n', ['1:1 the file: is empty']],
  ['a file of words', 'hello\n', ['1:1 the file: must be a map, not text']],
  ['a list', '- a\n', ['1:1 the file: must be a map, not a list']],
  [
    'a name that objects cannot hold',
    `${head}apps:\n  constructor: { image: x }\n`,
    ['11:3 apps.constructor: "constructor" cannot be a key here: choose another name'],
  ],
  [
    'such a key deep in chart values',
    `${head}apps:\n  a:\n    chart: { url: "oci://x/y", version: 1.x }\n    values: { b: [{ __proto__: { c: 1 } }] }\n`,
    [expect.stringContaining('"__proto__" cannot be a key')],
  ],
  [
    'a key without a letter in chart values',
    `${head}apps:\n  a:\n    chart: { url: "oci://x/y", version: 1.x }\n    values: { b: { "": 1 } }\n`,
    [expect.stringContaining('apps.a.values.b: a key has 1 to 1000 characters')],
  ],
  [
    'a key that merges',
    `${head}apps:\n  a:\n    chart: { url: "oci://x/y", version: 1.x }\n    values: { b: { "<<": 1 } }\n`,
    [expect.stringContaining('apps.a.values.b.<<: tools take "<<" for a merge')],
  ],
  [
    'a line separator',
    `${head}variables:\n  a: "x\\u2028y"\n`,
    ['11:3 variables.a: holds U+2028, an invisible character that kustomize does not keep'],
  ],
  [
    'a private key where a public one belongs',
    head.replace(
      '    environment: production',
      `    environment: production\n    recipients:\n      - AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
    ),
    [expect.stringMatching(/^11:9 clusters\.production\.recipients\[0\]: is not the public half/)],
  ],
] as [string, string, unknown[]][])('%s is shown where it stands', ([, text, expected]) => {
  const found = told(text);
  expect(found).toEqual(expected);
  expect(found.join()).not.toContain('SECRET');
});

test('a file of a newer version says so, and nothing else', () => {
  const error = (() => {
    try {
      return readModel({ text: 'version: 2\nnews: [1]\n', file: 'x.yaml' });
    } catch (caught) {
      return caught;
    }
  })();
  expect(error).toMatchObject({
    exitCode: 2,
    hint: 'Use the newer version: npx create-flux-repo@latest',
    problems: [{ rule: 'model/newer-version', file: 'x.yaml', line: 1, column: 1 }],
  });
});

test('line ends of Windows and a byte order mark change no position', () => {
  expect(told(`\uFEFF${head}componets: {}\n`.replaceAll('\n', '\r\n'))).toEqual([
    '10:1 componets: unknown key "componets", did you mean "components"?',
  ]);
});

describe('chart values are what the chart will get', () => {
  const values = (text: string) =>
    `${head}apps:\n  a:\n    chart: { url: "oci://x/y", version: 1.x }\n    values:\n      x: ${text}\n`;

  test.for([
    ['no', 'no is text in YAML 1.2 and false in YAML 1.1'],
    ['Yes', 'Yes is text in YAML 1.2 and true in YAML 1.1'],
    ['0644', '0644 is 644 in YAML 1.2 and 420 in YAML 1.1'],
    ['1_000', '1_000 is text in YAML 1.2 and 1000 in YAML 1.1'],
    ['12345678901234567890', 'has too many digits for a number'],
  ] as const)('%s is refused, since readers differ', ([text, message]) => {
    expect(told(values(text))).toEqual([expect.stringMatching(new RegExp(`^14:10 .*${message}`))]);
  });

  test.for(['"no"', "'0644'", 'true', '420', '1.5', 'nothing', 'a: no', '[on]', '{a: [yes]}', '%x', '- x', '* x'])(
    '%s is judged without failing',
    (text) => {
      expect(told(values(text)).filter((line) => /[^\x20-\x7e]/.test(line))).toEqual([]);
    },
  );

  test.for(['"no"', "'0644'", 'true', '420', '1.5', 'nothing', '2001-01-01'])('%s is taken', (text) => {
    expect(told(values(text))).toEqual([]);
  });

  test('text elsewhere may be such a word', () => {
    expect(told(`${head}variables:\n  country: no\n`)).toEqual([]);
  });
});

describe('answers from a file', () => {
  test('may leave out anything', () => {
    expect(readDraft({ text: '', file: 'a.yaml' })).toEqual({});
    expect(readDraft({ text: '# nothing\n', file: 'a.yaml' })).toEqual({});
    expect(readDraft({ text: 'layout: fleet\n', file: 'a.yaml' })).toEqual({ layout: 'fleet' });
  });

  test('do not say whose repository it is', () => {
    expect(told('id: 0123abcd\n', readDraft)).toEqual([expect.stringContaining('1:1 id: unknown key "id"')]);
  });

  test('are shown their faults like a model', () => {
    expect(told('clusters:\n  a: {}\n', readDraft)).toEqual(['2:3 clusters.a.environment: "environment" is missing']);
  });
});
