import { describe, expect, test } from 'vitest';
import type { CreateOptions } from '../../src/cli/create-command.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { version } from '../../src/cli/program.ts';
import { ExpectedError } from '../../src/errors.ts';

const plain: CreateOptions = {
  given: {},
  yes: false,
  dryRun: false,
  json: false,
  verbose: false,
  noInput: false,
  noGit: false,
  publish: false,
  tokenStdin: false,
  caFile: undefined,
  config: undefined,
  directory: undefined,
};

const words = (line: string) => (line === '' ? [] : line.split(' '));

describe('words that are understood', () => {
  const demo = { directory: ['demo'] };
  test.each<[string, Partial<CreateOptions>]>([
    ['', {}],
    ['demo', { given: demo }],
    ['create demo', { given: demo }],
    ['create', {}],
    ['./check', { given: { directory: ['./check'] } }],
    ['./create', { given: { directory: ['./create'] } }],
    ['.', { given: { directory: ['.'] } }],
    ['-- demo --yes', { given: demo, yes: true }],
    ['--yes -- demo', { given: demo, yes: true }],
    ['create --yes -- demo', { given: demo, yes: true }],
    ['-- --yes demo', { given: demo, yes: true }],
    ['--yes -- ./--x', { given: { directory: ['./--x'] }, yes: true }],
    ['demo -y', { given: demo, yes: true }],
    ['--yes create demo', { given: demo, yes: true }],
    ['-y create demo --json', { given: demo, yes: true, json: true }],
    ['--cluster a create --cluster b demo', { given: { ...demo, clusters: ['a', 'b'] } }],
    [
      'demo --dry-run --json --verbose --no-input',
      { given: demo, dryRun: true, json: true, verbose: true, noInput: true },
    ],
    ['demo --no-git', { given: demo, noGit: true }],
    ['create demo --no-git --no-input', { given: demo, noGit: true, noInput: true }],
    ['--no-git create demo', { given: demo, noGit: true }],
    ['demo --config answers.yaml -C elsewhere', { given: demo, config: 'answers.yaml', directory: 'elsewhere' }],
    ['demo --config - --directory x', { given: demo, config: '-', directory: 'x' }],
    ['demo --layout standard --layout fleet', { given: { ...demo, layout: ['standard', 'fleet'] } }],
    ['demo --cluster a:b,c=d --cluster=e', { given: { ...demo, clusters: ['a:b,c=d', 'e'] } }],
    ['demo --component none --app web', { given: { ...demo, components: ['none'], apps: ['web'] } }],
    [
      'demo --provider gitea --owner acme --host git.example.com --repository r --branch b --visibility internal',
      {
        given: {
          ...demo,
          provider: ['gitea'],
          owner: ['acme'],
          host: ['git.example.com'],
          repository: ['r'],
          branch: ['b'],
          visibility: ['internal'],
        },
      },
    ],
    [
      'demo --secrets none --key-scope environment --keys-dir k',
      { given: { ...demo, secrets: ['none'], 'key-scope': ['environment'], 'keys-directory': ['k'] } },
    ],
  ])('%s', async (line, expected) => {
    expect(await parseArguments(words(line), 80)).toEqual({
      kind: 'run',
      command: 'create',
      options: { ...plain, ...expected },
    });
  });
});

describe('words that are refused with exit code 2', () => {
  test.each<[string, string, string | undefined]>([
    ['demo --clutser a', "unknown option '--clutser'", `npx create-flux-repo@${version} demo --cluster a`],
    ['demo more', 'one folder is enough: demo more', undefined],
    ['demo --cluster', 'argument missing', undefined],
    ['demo -n', "unknown option '-n'", undefined],
    ['-- --x', '"--x" stands after "--", where only a folder can stand', `npx create-flux-repo@${version} ./--x`],
    ['--yes -- --x', '"--x" stands after "--"', './--x'],
    ['create -- -x', '"-x" stands after "--"', './-x'],
    ['demo -- --yes', '"--yes" stands after "--"', './--yes'],
    ['creat', 'did you mean "create"?', './creat'],
    ['chek', 'did you mean "check"?', './chek'],
    ['create check', '"check" is a command', './check'],
    ['status demo', '"status" is a command', './status'],
    ['secret', 'did you mean "secrets"?', './secret'],
    ['create secrets', '"secrets" is a command', './secrets'],
    ['secrets nonsense', 'secrets knows no "nonsense"', 'secrets --help'],
    ['demo --bootstrap a', '--bootstrap: not in this version', undefined],
    ['demo --publish --no-git', '--publish and --no-git', 'leave one of them out'],
    ['demo --token-stdin', '--token-stdin means nothing without --publish', undefined],
    ['demo --publish --token-stdin --config -', 'both read standard input', undefined],
    ['publish --protection lots', '--protection knows no "lots"', undefined],
    ['demo --config a --config b', '--config is given twice', undefined],
    ['demo --config=', '--config is empty', undefined],
  ])('%s', async (line, message, hint) => {
    const refused = await refusal(line);
    expect(refused.exitCode).toBe(2);
    expect(refused.message).toContain(message);
    if (hint !== undefined) expect(refused.hint).toContain(hint);
  });

  test.each('bootstrap doctor status graph completion plugin adopt move upgrade promote backup restore'.split(' '))(
    '%s, a command of a later version',
    async (name) => {
      expect(await refusal(name)).toMatchObject({ exitCode: 2, code: 'not-in-this-version' });
      expect(await parseArguments([`./${name}`], 80)).toMatchObject({
        options: { given: { directory: [`./${name}`] } },
      });
    },
  );
});

describe('what is printed', () => {
  test.each(['--help', '-h', 'create --help', 'help'])(
    '%s fits into 80 columns and names only what there is',
    async (line) => {
      const parsed = await parseArguments(words(line), 200);
      if (parsed.kind !== 'print') throw new Error('nothing was printed');
      expect(parsed.text.split('\n').filter((row) => row.length > 80)).toEqual([]);
      for (const group of ['Arguments:', 'Repository:', 'Contents:', 'Secrets:', 'Behaviour:', 'Examples:'])
        expect(parsed.text).toContain(group);
      for (const later of ['--bootstrap', 'doctor']) expect(parsed.text).not.toContain(later);
      expect(parsed.text.match(/npx create-flux-repo@/g)).toHaveLength(3);
    },
  );

  test.each(['secrets', 'secrets --help', 'help secrets'])('%s says what there is', async (line) => {
    const parsed = await parseArguments(words(line), 80);
    expect(parsed).toMatchObject({ kind: 'print', text: expect.stringContaining('Usage: create-flux-repo secrets ') });
  });

  test('help wraps on a narrow terminal', async () => {
    const parsed = await parseArguments(['--help'], 60);
    if (parsed.kind !== 'print') throw new Error('nothing was printed');
    const beforeExamples = parsed.text.slice(0, parsed.text.indexOf('Examples:'));
    expect(beforeExamples.split('\n').filter((row) => row.length > 60)).toEqual([]);
  });

  test.each(['--version', '-v', 'create -v'])('%s is the number and nothing else', async (line) => {
    expect(await parseArguments(words(line), 80)).toEqual({ kind: 'print', text: `${version}\n` });
  });
});

async function refusal(line: string): Promise<ExpectedError> {
  try {
    await parseArguments(words(line), 80);
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('commands of a repository that is there', () => {
  test.each<[string, object]>([
    ['apply', { command: 'apply', options: { yes: false, commit: false, sides: { ours: [], theirs: [] } } }],
    ['-C x apply -y --commit', { command: 'apply', options: { directory: 'x', yes: true, commit: true } }],
    ['apply --ours a/b --ours c --theirs', { options: { sides: { ours: ['a/b', 'c'], theirs: 'all' } } }],
    ['apply --theirs --theirs a', { options: { sides: { ours: [], theirs: 'all' } } }],
    ['diff --exit-code --json', { command: 'diff', options: { exitCode: true, json: true } }],
    ['add app', { command: 'add', options: { noun: 'app', given: {} } }],
    ['--yes add app web', { command: 'add', options: { noun: 'app', yes: true, given: { name: ['web'] } } }],
    ['add --yes app web -C x', { options: { yes: true, directory: 'x', given: { name: ['web'] } } }],
    [
      'add cluster eu --environment e --set a=b --set c=d',
      { options: { noun: 'cluster', given: { name: ['eu'], environment: ['e'], set: ['a=b', 'c=d'] } } },
    ],
    [
      'add app web --chart u --chart-version v --depends-on a --depends-on b --keys-dir k',
      { options: { keysDirectory: 'k', given: { chart: ['u'], 'chart-version': ['v'], 'depends-on': ['a', 'b'] } } },
    ],
    ['./apply', { command: 'create', options: { given: { directory: ['./apply'] } } }],
  ])('%s', async (line, expected) => {
    expect(await parseArguments(words(line), 80)).toMatchObject({ kind: 'run', ...expected });
  });

  test.each<[string, string]>([
    ['aply', 'did you mean "apply"?'],
    ['dif', 'did you mean "diff"?'],
    ['create add', '"add" is a command'],
    ['apply demo', 'too many arguments'],
    ['--owner acme apply', '--owner means nothing to "apply"'],
    ['--config f apply', '--config means nothing to "apply"'],
    ['apply --clutser a', "unknown option '--clutser'"],
    ['add', 'add needs to know what'],
    ['add aap web', 'add knows no "aap"'],
  ])('%s is refused', async (line, message) => {
    expect(await refusal(line)).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });

  test.each(['apply', 'diff', 'add', 'add cluster', 'add environment', 'add app', 'add component', 'add team'])(
    '%s --help fits into 80 columns and shows its own flags',
    async (line) => {
      const parsed = await parseArguments([...words(line), '--help'], 200);
      if (parsed.kind !== 'print') throw new Error('nothing was printed');
      expect(parsed.text).toContain(`Usage: create-flux-repo ${line} `);
      expect(parsed.text.split('\n').filter((row) => row.length > 80)).toEqual([]);
      const others = line === 'add team' ? [] : ['--cluster <'];
      for (const foreign of [...others, '--layout', '--no-git']) expect(parsed.text).not.toContain(foreign);
      expect(parsed.text.includes('--config')).toBe(line.startsWith('add '));
      expect(parsed.text.match(/^\S.*:$/gm)).toEqual(expect.arrayContaining(['Behaviour:', 'Examples:']));
    },
  );

  test('the flags of an app', async () => {
    const parsed = await parseArguments(['add', 'app', '--help'], 80);
    expect(
      parsed.kind === 'print' &&
        parsed.text
          .match(/ --[a-z-]+/g)
          ?.map((flag) => flag.trim())
          .slice(0, 9),
    ).toEqual(
      [
        'image',
        'port',
        'replicas',
        'health-path',
        'chart',
        'chart-version',
        'chart-name',
        'namespace',
        'depends-on',
      ].map((name) => `--${name}`),
    );
  });
});
