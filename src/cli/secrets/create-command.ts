import { Command, Option } from 'commander';
import type { SaidOfUnit } from '../../wizard/addition.ts';
import { secretQuestions } from '../../wizard/secret-questions.ts';
import { withFlags } from '../change-commands.ts';
import { type ChangeOptions, changeFlags, changeOptions } from '../change-options.ts';
import { globalFlags } from '../global-options.ts';
import { npx } from '../program.ts';
import { collect, refuseForeignFlags, saidBy, textsOf } from '../said-by.ts';
import { refuseValues } from './refuse-values.ts';

export interface SecretsCreateOptions extends ChangeOptions {
  verb: 'create';
  /** Texts by question, only of what was given. */
  given: SaidOfUnit;
}

const examples = `  Ask for everything:
    ${npx} secrets create
  Ask for two values only:
    ${npx} secrets create db --app web \\
      --key username --key password
  Out of files, in one environment:
    ${npx} secrets create web-tls --app web \\
      --environment production --type tls \\
      --from-file tls.crt --from-file tls.key
  From another program:
    pass show db | ${npx} secrets create db --app web --yes`;

const description = `Create a Secret: its name in flux-repo.yaml, its encrypted file, and what
refers to it. Needs public keys only.

Values come from --from-file and --from-env-file, from prompts that do not show
them, or from stdin: one JSON or YAML map of texts, or KEY=VALUE lines, of which
quotes are part of the value, as with kubectl. Values are never flags, since other
users of a machine see those. Only ciphertext is written.`;

/** `secrets create`. */
export function secretsCreateCommand(onRun: (options: SecretsCreateOptions) => void): Command {
  const flags = secretQuestions.flatMap(({ flag, about, isRepeatable }) =>
    flag === undefined
      ? []
      : [
          new Option(flag, isRepeatable ? `${about} (repeatable)` : about)
            .argParser(collect)
            .helpGroup(flag.startsWith('--from') || flag.startsWith('--key') ? 'Values:' : 'Answers:'),
        ],
  );
  const command = withFlags(
    new Command('create').description(description).argument('[name]', secretQuestions[0]?.about),
    [...flags, ...changeFlags(), ...globalFlags()],
    examples,
  ).allowExcessArguments();
  return command.action((name: string | undefined) => {
    refuseForeignFlags(command);
    refuseValues(command.args, 1, `${npx} secrets create NAME --from-file KEY=FILE`);
    const said = saidBy(command);
    const given = secretQuestions.flatMap(({ id, flag }): [string, readonly string[]][] => {
      const texts = flag === undefined ? undefined : textsOf(new Option(flag).attributeName(), said);
      return texts === undefined ? [] : [[id, texts]];
    });
    const named = name === undefined ? [] : [['name', [name]] as const];
    onRun({ ...changeOptions(said), verb: 'create', given: Object.fromEntries([...named, ...given]) });
  });
}
