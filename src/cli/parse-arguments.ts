import { Command, CommanderError, Option } from 'commander';
import { usageError } from '../errors.ts';
import { questions } from '../wizard/questions.ts';
import type { Given } from '../wizard/resolve.ts';
import { refuseCommandLike } from './command-names.ts';
import { examples, optionAbout } from './help-text.ts';
import { laterFlags } from './later-flags.ts';
import { npx, version } from './program.ts';
import { shellCommand, shellQuote } from './shell-quote.ts';

/** Options that every command has. */
export interface GlobalOptions {
  yes: boolean;
  dryRun: boolean;
  json: boolean;
  verbose: boolean;
  noInput: boolean;
  config: string | undefined;
  /** `-C`. */
  directory: string | undefined;
}

export interface CreateOptions extends GlobalOptions {
  /** Texts by question, only of flags that were given. */
  given: Given;
  noGit: boolean;
}

export type Invocation = { kind: 'print'; text: string } | { kind: 'run'; command: 'create'; options: CreateOptions };

/**
 * Reads the words after the program's name.
 * @param width columns for help, 80 at most
 * @throws ExpectedError (exit 2) for words we do not know
 */
export function parseArguments(argv: readonly string[], width: number): Invocation {
  let printed = '';
  let invocation: Invocation | undefined;
  const onCreate = (command: Command) => {
    invocation = { kind: 'run', command: 'create', options: createOptions(command) };
  };
  const program = createCommand('create-flux-repo', onCreate)
    .usage('[dir] [options]')
    .enablePositionalOptions()
    .commandsGroup('Commands:')
    .helpCommand('help', 'print this')
    .addCommand(createCommand('create', onCreate).usage('[dir] [options]').summary('the same as without a command'));
  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .configureHelp({ helpWidth: Math.min(width, 80), minWidthToWrap: 20, sortSubcommands: false })
      .configureOutput({ writeOut: (text) => (printed += text), writeErr: () => undefined });
  try {
    // package managers disagree on who takes the `--` out of `npm create flux-repo -- --yes`
    program.parse(argv[0] === '--' ? argv.slice(1) : argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw misused(error, argv);
  }
  return invocation ?? { kind: 'print', text: printed };
}

function createCommand(name: string, onCreate: (command: Command) => void): Command {
  const command = new Command(name)
    .description('Scaffold a Flux repository: asks what it needs to know, shows the plan, writes it.')
    .argument('[dir]', questions[0]?.about)
    .allowExcessArguments()
    .addHelpText('after', examples);
  for (const option of createFlags()) command.addOption(option);
  for (const option of globalFlags()) command.addOption(option);
  for (const flag of laterFlags) command.addOption(new Option(flag).hideHelp());
  command.addHelpOption(new Option('-h, --help', 'print this').helpGroup('Behaviour:'));
  command.optionsGroup('Behaviour:').version(version, '-v, --version', 'print the version');
  return command.action(() => onCreate(command));
}

function createFlags(): Option[] {
  const asked = questions.flatMap((question) =>
    question.flag === undefined
      ? []
      : [new Option(question.flag, optionAbout(question)).argParser(collect).helpGroup(`${question.group}:`)],
  );
  return [...asked, new Option('--no-git', 'no git repository, no commit').helpGroup('Behaviour:')];
}

function globalFlags(): Option[] {
  const flags: [string, string][] = [
    ['-y, --yes', 'take defaults and apply without asking'],
    ['--config <file>', 'answers from a file, - for stdin; flags win'],
    ['--dry-run', 'show the plan, write nothing'],
    ['--no-input', 'never ask'],
    ['-C, --directory <dir>', 'work in another directory'],
    ['--json', 'print one JSON document'],
    ['--verbose', 'list every file; show where an error arose'],
  ];
  return flags.map(([flag, about]) => {
    const option = new Option(flag, about).helpGroup('Behaviour:');
    return option.required ? option.argParser(collect) : option;
  });
}

/** Every text is kept: whether one may be given twice is for the question to say. */
function collect(text: string, before: unknown): string[] {
  return Array.isArray(before) ? [...before, text] : [text];
}

/** What was said, by attribute: commander also sets options that nobody gave (`--no-git` makes `git` true). */
function saidBy(command: Command): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const level of command.parent ? [command.parent, command] : [command])
    for (const option of level.options) {
      const name = option.attributeName();
      if (level.getOptionValueSource(name) !== 'cli') continue;
      const value: unknown = level.getOptionValue(name);
      const before = values.get(name);
      values.set(name, Array.isArray(before) && Array.isArray(value) ? [...before, ...value] : value);
    }
  return values;
}

function createOptions(command: Command): CreateOptions {
  const values = saidBy(command);
  const directory: unknown = command.processedArgs[0];
  const flagLike = command.args.find((word) => word.startsWith('-'));
  if (flagLike !== undefined) throw flagAsFolder(flagLike);
  if (typeof directory === 'string') refuseCommandLike(directory);
  if (command.args.length > 1)
    throw usageError(`one folder is enough: ${command.args.join(' ')}`, {
      hint: 'quote a name with blanks; flags that take several values are repeated',
    });
  const later = laterFlags.filter((flag) => values.has(new Option(flag).attributeName()));
  if (later.length > 0)
    throw usageError(`${later.map((flag) => flag.split(' ')[0]).join(', ')}: not in this version`, {
      code: 'not-in-this-version',
      hint: `leave it out, or see what there is: ${npx} --help`,
    });
  const given = new Map<string, string[]>();
  if (typeof directory === 'string') given.set('directory', [directory]);
  for (const question of questions) {
    const texts = question.flag && values.get(new Option(question.flag).attributeName());
    if (isTexts(texts)) given.set(question.id, texts);
  }
  return {
    given: Object.fromEntries(given),
    yes: values.get('yes') === true,
    dryRun: values.get('dryRun') === true,
    json: values.get('json') === true,
    verbose: values.get('verbose') === true,
    noInput: values.get('input') === false,
    noGit: values.get('git') === false,
    config: onlyText('--config', values.get('config')),
    directory: onlyText('--directory', values.get('directory')),
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function onlyText(flag: string, texts: unknown): string | undefined {
  if (!isTexts(texts)) return undefined;
  if (texts.length > 1) throw usageError(`${flag} is given twice`, { hint: `give ${flag} once` });
  if (texts[0] === '') throw usageError(`${flag} is empty`, { hint: `give ${flag} a value, or leave it out` });
  return texts[0];
}

/** After `--` every word is a folder's name. */
function flagAsFolder(word: string): Error {
  return usageError(`"${word}" stands after "--", where only a folder can stand`, {
    why: ['Options stand before "--".'],
    hint: `for a folder of that name write: ${npx} ${shellQuote(`./${word}`)}`,
  });
}

/** commander's words: `error: unknown option '--clutser'`, on the next line `(Did you mean --cluster?)`. */
function misused({ message }: CommanderError, argv: readonly string[]): Error {
  const [what = '', guess = ''] = message.replace(/^error: /, '').split('\n');
  const wrong = /unknown option '(--[^'=]+)/.exec(what)?.[1];
  if (wrong !== undefined && argv[0] === '--' && argv[1]?.split('=')[0] === wrong) return flagAsFolder(wrong);
  const meant = /Did you mean (--[a-z-]+)\?/.exec(guess)?.[1];
  const corrected =
    wrong && meant
      ? argv.map((word) => (word.split('=')[0] === wrong ? meant + word.slice(wrong.length) : word))
      : undefined;
  const hint = corrected ? `${npx} ${shellCommand(corrected)}` : `see what there is: ${npx} --help`;
  return usageError(what.replace(/\.$/, ''), { hint });
}
