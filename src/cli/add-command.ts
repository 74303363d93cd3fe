import { Command, Option } from 'commander';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { addables } from '../wizard/addables.ts';
import { type AddQuestion, type Noun, nouns, type SaidOfUnit } from '../wizard/addition.ts';
import { withFlags } from './change-commands.ts';
import { type ChangeOptions, changeFlags, changeOptions } from './change-options.ts';
import { globalFlags } from './global-options.ts';
import { npx } from './program.ts';
import { collect, refuseForeignFlags, saidBy, textsOf } from './said-by.ts';
import { shellCommand } from './shell-quote.ts';

export interface AddOptions extends ChangeOptions {
  noun: Noun;
  /** Texts by question, only of what was given. */
  given: SaidOfUnit;
}

/** What later versions add. */
const laterNouns: readonly string[] = ['source', 'image'];

const examples: Record<Noun, string> = {
  cluster: `  ${npx} add cluster eu --environment production \\\n    --set region=eu`,
  environment: `  ${npx} add environment qa --from staging`,
  app: `  ${npx} add app web --image ghcr.io/acme/web:1.2.3 --commit`,
  component: `  ${npx} add component metrics-server --chart-version 3.x \\\n    --chart https://kubernetes-sigs.github.io/metrics-server`,
  team: `  ${npx} add team shop \\\n    --source ssh://git@github.com/acme/shop --environment production`,
  notification: `  ${npx} add notification slack \\\n    --channel alerts --secret-env SLACK_URL`,
};

/** `add` with a command for each noun. */
export function addCommand(onRun: (options: AddOptions) => void): Command {
  const command = withFlags(
    new Command('add')
      .usage('<what> [name] [options]')
      .description('Add one thing to the repository: to flux-repo.yaml, and what follows from that.')
      .argument('[what...]')
      .enablePositionalOptions()
      .helpCommand(false)
      .commandsGroup('What:'),
    globalFlags(['config']),
    nouns.map((noun) => examples[noun]).join('\n'),
  );
  for (const noun of nouns) command.addCommand(nounCommand(noun, onRun));
  return command.action(() => {
    throw unknownNoun(command.args);
  });
}

function nounCommand(noun: Noun, onRun: (options: AddOptions) => void): Command {
  const { about, questions } = addables[noun];
  const flags = questions.flatMap((question) =>
    question.flag === undefined
      ? []
      : [new Option(question.flag, optionText(question)).argParser(collect).helpGroup('Answers:')],
  );
  const command = withFlags(
    new Command(noun)
      .description(about)
      .summary(about.replace(/[:,.] .*$|\.$/, ''))
      .argument('[name]', questions[0]?.about),
    [...flags, ...changeFlags(), ...globalFlags()],
    examples[noun],
  );
  return command.action((name: string | undefined) => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    const given = questions.flatMap(({ id, flag }): [string, readonly string[]][] => {
      const texts = flag === undefined ? undefined : textsOf(new Option(flag).attributeName(), said);
      return texts === undefined ? [] : [[id, texts]];
    });
    const named = name === undefined ? [] : [['name', [name]] as const];
    onRun({ ...changeOptions(said), noun, given: Object.fromEntries([...named, ...given]) });
  });
}

function optionText({ about, isRepeatable }: AddQuestion): string {
  return isRepeatable ? `${about} (repeatable)` : about;
}

function unknownNoun([word, ...rest]: readonly string[]): Error {
  const known = nouns.join(', ');
  if (word === undefined) return usageError('add needs to know what', { hint: `${npx} add ${nouns.join('|')} NAME` });
  if (laterNouns.includes(word))
    return usageError(`add ${word}: not in this version`, {
      code: 'not-in-this-version',
      hint: `this version adds: ${known}`,
    });
  const meant = nearest(word, nouns);
  return usageError(`add knows no "${word}"; it knows ${known}`, {
    hint: meant === undefined ? `${npx} add --help` : `${npx} ${shellCommand(['add', meant, ...rest])}`,
  });
}
