import { Command, CommanderError, Option } from 'commander';
import { usageError } from '../errors.ts';
import { questions } from '../wizard/questions.ts';
import type { Given } from '../wizard/resolve.ts';
import { type AddOptions, addCommand } from './add-command.ts';
import {
  type ApplyOptions,
  applyCommand,
  type DiffOptions,
  diffCommand,
  type ResolveOptions,
  resolveCommand,
} from './change-commands.ts';
import { refuseCommandLike } from './command-names.ts';
import { type GlobalOptions, globalFlags, globalOptions } from './global-options.ts';
import { examples, optionAbout } from './help-text.ts';
import { laterFlags } from './later-flags.ts';
import { npx, version } from './program.ts';
import { collect, saidBy, textsOf } from './said-by.ts';
import { shellCommand, shellQuote } from './shell-quote.ts';

export interface CreateOptions extends GlobalOptions {
  /** Texts by question, only of flags that were given. */
  given: Given;
  noGit: boolean;
}

export type Invocation =
  | { kind: 'print'; text: string }
  | { kind: 'run'; command: 'create'; options: CreateOptions }
  | { kind: 'run'; command: 'apply'; options: ApplyOptions }
  | { kind: 'run'; command: 'diff'; options: DiffOptions }
  | { kind: 'run'; command: 'resolve'; options: ResolveOptions }
  | { kind: 'run'; command: 'add'; options: AddOptions };

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
    .addCommand(createCommand('create', onCreate).usage('[dir] [options]').summary('the same as without a command'))
    .addCommand(addCommand((options) => (invocation = { kind: 'run', command: 'add', options })))
    .addCommand(applyCommand((options) => (invocation = { kind: 'run', command: 'apply', options })))
    .addCommand(diffCommand((options) => (invocation = { kind: 'run', command: 'diff', options })))
    .addCommand(resolveCommand((options) => (invocation = { kind: 'run', command: 'resolve', options })));
  for (const command of withDescendants(program))
    command
      .exitOverride()
      .addHelpOption(new Option('-h, --help', 'print this').helpGroup('Behaviour:'))
      .optionsGroup('Behaviour:')
      .version(version, '-v, --version', 'print the version')
      .configureHelp({
        helpWidth: Math.min(width, 80),
        minWidthToWrap: 20,
        sortSubcommands: false,
        subcommandTerm: (below) => below.name(),
      })
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

/** The command and all below it. */
function withDescendants(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
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
    const texts = question.flag && textsOf(new Option(question.flag).attributeName(), values);
    if (texts) given.set(question.id, [...texts]);
  }
  return { ...globalOptions(values), given: Object.fromEntries(given), noGit: values.get('git') === false };
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
