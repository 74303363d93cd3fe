import { Command, Option } from 'commander';
import { type GlobalOptions, globalFlags, globalOptions } from '../global-options.ts';
import { npx } from '../program.ts';
import { refuseForeignFlags, saidBy } from '../said-by.ts';

export interface ScanOptions extends GlobalOptions {
  verb: 'scan';
  /** Looks at what is staged in git, as a hook must. */
  staged: boolean;
  /** Files and folders as given; none for everything. */
  paths: readonly string[];
}

const examples = `
Examples:
  Everything in the repository, as CI does:
    ${npx} secrets scan
  What the next commit would have, as a hook does:
    ${npx} secrets scan --staged

A finding that is none is told in the file, with a reason, as a comment:
    # flux-repo-ignore secrets/plain-secret: an example of the manual
It holds for the YAML document it stands in, elsewhere for the file.
`;

/** `secrets scan`: plain secrets, and encrypted files that are not what they seem. */
export function scanCommand(onRun: (options: ScanOptions) => void): Command {
  const command = new Command('scan')
    .description('Look for secrets in plain text, and for encrypted files that are not what they seem. Needs no key.')
    .argument('[path...]', 'only these files and folders')
    .addOption(new Option('--staged', 'look at what is staged, not at the disk').helpGroup('Behaviour:'))
    .addHelpText('after', examples);
  for (const option of globalFlags(['yes', 'config', 'dryRun', 'input'])) command.addOption(option);
  return command.action(() => {
    refuseForeignFlags(command);
    const said = saidBy(command);
    onRun({ ...globalOptions(said), verb: 'scan', staged: said.get('staged') === true, paths: command.args });
  });
}
