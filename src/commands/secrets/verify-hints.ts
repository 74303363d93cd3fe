import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import type { Problem } from '../../problem.ts';
import type { RepoPath } from '../../tree/repo-path.ts';

const command = (...words: string[]) => `${npx} ${shellCommand(words)}`;

/** What to do about each kind of finding: the next command where there is one. */
const hints: Readonly<Record<string, string>> = {
  'secrets/missing-recipient': command('secrets', 'recipients', 'update'),
  'secrets/extra-recipient': command('secrets', 'recipients', 'update'),
  'secrets/cluster-cannot-read': command('secrets', 'recipients', 'update'),
  'secrets/cluster-can-read': `${command('secrets', 'recipients', 'update')}; it has had the values: change them too.`,
  'secrets/rule-drift': command('apply'),
  'secrets/no-rule': 'Move it to a folder of its owner, or add a rule for it to .sops.yaml.',
  'secrets/foreign-recipient': 'Run sops updatekeys on it, or take these keys out of .sops.yaml.',
  'secrets/other-rule': 'Correct the rule, or make the file again by it.',
  'secrets/exposed-value': 'Restore the file from git, then use: secrets set. Change the value if it was ever pushed.',
  'secrets/exposed-comment': 'Remove the comment if it says what nobody else may know.',
  'secrets/no-decryption': 'Add to its spec: decryption: {provider: sops, secretRef: {name: sops-age}}',
  'secrets/needless-decryption': 'Remove spec.decryption, or name the encrypted file in its kustomization.yaml.',
  'secrets/unknown-key': 'Name sops-age in spec.decryption.secretRef, or look after that key yourself.',
  'secrets/not-proven': 'Make a Secret of it, in a file *.sops.yaml.',
};

/**
 * Adds what to do to a finding that does not say so itself.
 *
 * @param declared files that the model declares: what is generated for them, `apply` brings back
 */
export function hintsFor(declared: ReadonlySet<RepoPath>): (problem: Problem) => Problem {
  return (problem) => {
    const isGenerated =
      problem.rule === 'secrets/no-decryption' && [...declared].some((path) => problem.message.includes(path));
    const hint = problem.hint ?? (isGenerated ? command('apply') : hints[problem.rule]);
    return hint === undefined ? problem : { ...problem, hint };
  };
}
