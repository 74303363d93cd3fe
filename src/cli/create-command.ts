import { Command, Option } from 'commander';
import { usageError } from '../errors.ts';
import { questions } from '../wizard/questions.ts';
import type { Given } from '../wizard/resolve.ts';
import { refuseCommandLike } from './command-names.ts';
import { type GlobalOptions, globalFlags, globalOptions } from './global-options.ts';
import { examples, optionAbout } from './help-text.ts';
import { laterFlags } from './later-flags.ts';
import { npx } from './program.ts';
import { type ReachOptions, reachFlags, reachOptions } from './reach-options.ts';
import { collect, saidBy, textsOf } from './said-by.ts';
import { shellQuote } from './shell-quote.ts';

export interface CreateOptions extends GlobalOptions, ReachOptions {
  /** Texts by question, only of flags that were given. */
  given: Given;
  noGit: boolean;
  publish: boolean;
}

/** `create`, which is also the program itself: a first word that is no command is a folder. */
export function createCommand(name: string, onRun: (options: CreateOptions) => void): Command {
  const command = new Command(name)
    .description('Scaffold a Flux repository: asks what it needs to know, shows the plan, writes it.')
    .argument('[dir]', questions[0]?.about)
    .allowExcessArguments()
    .addHelpText('after', examples);
  for (const option of createFlags()) command.addOption(option);
  for (const option of globalFlags()) command.addOption(option);
  for (const flag of laterFlags) command.addOption(new Option(flag).hideHelp());
  return command.action(() => onRun(createOptions(command)));
}

function createFlags(): Option[] {
  const asked = questions.flatMap((question) =>
    question.flag === undefined
      ? []
      : [new Option(question.flag, optionAbout(question)).argParser(collect).helpGroup(`${question.group}:`)],
  );
  return [
    ...asked,
    new Option('--no-git', 'no git repository, no commit').helpGroup('Behaviour:'),
    new Option('--publish', 'bring it to the provider at once').helpGroup('Behaviour:'),
    ...reachFlags(),
  ];
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
  const options = { ...globalOptions(values), ...reachOptions(values) };
  const [noGit, publish] = [values.get('git') === false, values.get('publish') === true];
  refuseUnpublished({ ...options, noGit, publish });
  return { ...options, given: Object.fromEntries(given), noGit, publish };
}

/** @throws ExpectedError (exit 2) for flags that say different things about publishing */
function refuseUnpublished({ publish, noGit, tokenStdin, caFile, config }: Omit<CreateOptions, 'given'>): void {
  if (publish && noGit)
    throw usageError('--publish and --no-git: what is published is a commit', { hint: 'leave one of them out' });
  if (!publish && (tokenStdin || caFile !== undefined))
    throw usageError(`${tokenStdin ? '--token-stdin' : '--ca-file'} means nothing without --publish`, {
      hint: 'add --publish, or leave it out',
    });
  if (tokenStdin && config === '-')
    throw usageError('--config - and --token-stdin both read standard input', {
      hint: 'give the answers in a file, or the token in its variable',
    });
}

/** After `--` every word is a folder's name. */
export function flagAsFolder(word: string): Error {
  return usageError(`"${word}" stands after "--", where only a folder can stand`, {
    why: ['Options stand before "--".'],
    hint: `for a folder of that name write: ${npx} ${shellQuote(`./${word}`)}`,
  });
}
