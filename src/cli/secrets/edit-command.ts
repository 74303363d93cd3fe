import { Command } from 'commander';
import { withFlags } from '../change-commands.ts';
import { type ChangeOptions, changeOptions } from '../change-options.ts';
import { globalFlags } from '../global-options.ts';
import { npx } from '../program.ts';
import { refuseForeignFlags, saidBy } from '../said-by.ts';
import { decryptingFlags, type FileTarget, targetFlags, targetOf } from './file-arguments.ts';

export interface SecretsEditOptions extends ChangeOptions {
  verb: 'edit';
  target: FileTarget;
}

const description = `Edit an encrypted file in your editor: $SOPS_EDITOR, $VISUAL or $EDITOR. Needs a
private key that opens it.

The plain text is in a file that only you can read, in memory where the system
has such a place, and gone when the editor ends, however it ends. What you leave
as it is keeps its ciphertext. For one value "secrets set" is safer: it writes no
plain text anywhere, and works in scripts: an editor needs a person at a
terminal. With --dry-run it is not opened, only what is needed for it is tried.`;

/** `secrets edit`. */
export function secretsEditCommand(onRun: (options: SecretsEditOptions) => void): Command {
  const command = withFlags(
    new Command('edit').description(description).argument('<file>', 'its path, or NAME'),
    [...targetFlags(), ...decryptingFlags(), ...globalFlags(['config'])],
    `  ${npx} secrets edit db --app web --environment production`,
  );
  return command.action((target: string) => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({ ...changeOptions(said), verb: 'edit', target: targetOf(target, said) });
  });
}
