import { createWords } from '../../check/unlisted-secrets.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { declaredSecrets } from '../../model/declared-secrets.ts';
import type { Model } from '../../model/model.ts';
import { traitOf } from '../../model/secret-strategies.ts';
import { strategyOf } from '../../model/settings.ts';
import type { Problem } from '../../problem.ts';
import { isHere } from '../folder-words.ts';

const rewrap = ['secrets', 'recipients', 'update'];

/** What to do about each kind of finding: a command, or a sentence where no command does it. */
const remedies: Readonly<Record<string, string | readonly string[]>> = {
  'secrets/missing-recipient': rewrap,
  'secrets/extra-recipient': rewrap,
  'secrets/cluster-cannot-read': rewrap,
  'secrets/cluster-can-read': rewrap,
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
 * @param folder the way to the repository from where the person is
 */
export function hintsFor(model: Model, folder: string): (problem: Problem) => Problem {
  const declared = declaredSecrets(model);
  const { isGenerated } = traitOf(strategyOf(model));
  const there = isHere(folder) ? [] : ['-C', folder];
  const command = (words: readonly string[]) => `${npx} ${shellCommand([...there, ...words])}`;
  const hintOf = ({ rule, file }: Problem): string | undefined => {
    const missing = rule === 'secrets/missing-file' ? declared.find(({ path }) => path === file) : undefined;
    if (missing !== undefined) return command(isGenerated ? ['apply'] : createWords(missing));
    // apply leaves what was edited by hand as it is
    if (rule === 'secrets/rule-drift')
      return `${command(['apply'])} if flux-repo.yaml was edited; correct the rule if that was edited`;
    const remedy = remedies[rule];
    return typeof remedy === 'object' ? command(remedy) : remedy;
  };
  return (problem) => {
    const hint = problem.hint ?? hintOf(problem);
    return hint === undefined ? problem : { ...problem, hint };
  };
}
