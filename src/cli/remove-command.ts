import { Command, Option } from 'commander';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type Noun, nouns } from '../wizard/addition.ts';
import { removables } from '../wizard/removables.ts';
import { withFlags } from './change-commands.ts';
import { type ChangeOptions, changeFlags, changeOptions } from './change-options.ts';
import { globalFlags } from './global-options.ts';
import { npx } from './program.ts';
import { collect, refuseForeignFlags, saidBy, textsOf } from './said-by.ts';
import { kubeFlags, kubeOptions } from './secrets/kube-options.ts';
import { shellCommand } from './shell-quote.ts';

export interface RemoveOptions extends ChangeOptions {
  noun: Noun;
  name: string | undefined;
  /** CRDs of a component go too. */
  crds: boolean;
  /** `CONTEXT`, or `CLUSTER=CONTEXT`. */
  contexts: readonly string[];
  kubeconfig: string | undefined;
  /** The name again, and clusters for which a person vouches. */
  confirmed: readonly string[];
}

/** What later versions remove. */
const laterNouns: readonly string[] = ['source', 'image'];

const examples: Record<Noun, string> = {
  cluster: `  ${npx} remove cluster eu --confirm eu --commit`,
  environment: `  ${npx} remove environment qa --confirm qa --commit`,
  app: `  ${npx} remove app web --commit`,
  component: `  ${npx} remove component cert-manager --commit\n  git push; when it is reconciled, the next phase:\n    ${npx} remove component cert-manager --context eu=admin@eu --commit`,
  team: `  ${npx} remove team shop --confirm shop --commit\n  git push; when it is reconciled, the next phase:\n    ${npx} remove team shop --confirm shop --context eu=admin@eu --commit`,
  notification: `  ${npx} remove notification slack --commit`,
};

/** `remove` with a command for each noun. */
export function removeCommand(onRun: (options: RemoveOptions) => void): Command {
  const command = withFlags(
    new Command('remove')
      .usage('<what> [name] [options]')
      .description(
        'Take one thing away, in phases where running objects need it. The same command again goes on with the next phase.',
      )
      .argument('[what...]')
      .enablePositionalOptions()
      .helpCommand(false)
      .commandsGroup('What:'),
    globalFlags(['config']),
    nouns.map((noun) => examples[noun].split('\n')[0]).join('\n'),
  );
  for (const noun of nouns) command.addCommand(nounCommand(noun, onRun));
  return command.action(() => {
    throw unknownNoun(command.args);
  });
}

function nounCommand(noun: Noun, onRun: (options: RemoveOptions) => void): Command {
  const { about } = removables[noun];
  const isPhased = noun === 'team' || noun === 'component' || noun === 'app';
  const command = withFlags(
    new Command(noun)
      .description(about)
      .summary(about.replace(/[:,.] .*$|\.$/, ''))
      .argument('[name]', 'as in flux-repo.yaml'),
    [
      new Option(
        '--confirm <name>',
        isPhased ? 'its name again; a cluster that I have seen rid of it (repeatable)' : 'its name again',
      )
        .argParser(collect)
        .helpGroup('Behaviour:'),
      ...(noun === 'component'
        ? [new Option('--crds', 'its CRDs too, and with them every object of their kinds').helpGroup('Behaviour:')]
        : []),
      ...(isPhased
        ? kubeFlags('where it is looked whether a phase is done; with several clusters CLUSTER=CONTEXT, repeated')
        : []),
      ...changeFlags(),
      ...globalFlags(['config']),
    ],
    examples[noun],
  );
  return command.action((name: string | undefined) => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({
      ...changeOptions(said),
      ...kubeOptions(said),
      noun,
      name,
      crds: said.get('crds') === true,
      confirmed: textsOf('confirm', said) ?? [],
    });
  });
}

function unknownNoun([word, ...rest]: readonly string[]): Error {
  const known = nouns.join(', ');
  if (word === undefined)
    return usageError('remove needs to know what', { hint: `${npx} remove ${nouns.join('|')} NAME` });
  if (laterNouns.includes(word))
    return usageError(`remove ${word}: not in this version`, {
      code: 'not-in-this-version',
      hint: `this version removes: ${known}`,
    });
  const meant = nearest(word, nouns);
  return usageError(`remove knows no "${word}"; it knows ${known}`, {
    hint: meant === undefined ? `${npx} remove --help` : `${npx} ${shellCommand(['remove', meant, ...rest])}`,
  });
}
