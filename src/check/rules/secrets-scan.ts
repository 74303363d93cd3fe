import { scanRules } from '../../secrets/scan/scan-rules.ts';
import type { CheckedRepository } from '../checked-repository.ts';
import { ignoreComments } from '../ignore-comments.ts';
import type { Finding, Rule } from '../rule.ts';

/** What to do, where a case has no command of its own. */
const fixes: Readonly<Record<string, string>> = {
  'secrets/plain-secret': 'Make it anew with secrets create, and take the plain file out of git.',
  'secrets/unreadable-secret': 'Correct its YAML.',
  'secrets/not-encrypted': 'Encrypt it, or give it another name.',
  'secrets/private-key': 'Make a new key, and take this one out of the repository.',
  'secrets/key-file': 'Move it out of the repository.',
  'secrets/kubeconfig': 'Withdraw the credential, and move the file out of the repository.',
  'secrets/docker-config': 'Make an encrypted Secret of it.',
  'secrets/webhook-address': 'Withdraw the address, and keep a new one in an encrypted Secret.',
  'secrets/generator-literals': 'Make an encrypted Secret instead of the generator.',
  'secrets/generator-files': 'Encrypt the file, or make an encrypted Secret instead of the generator.',
  'secrets/exposed-value': 'Restore the file, and set the value with secrets set.',
  'secrets/damaged-value': 'Restore the file from git.',
  'secrets/plain-comment': 'Move the comment above the encrypted part, or remove it.',
  'secrets/broken-file': 'Restore the file from git.',
  'secrets/not-looked-into': 'Look at it with sops itself.',
  'secrets/conflict-markers': 'Take one side whole, then set the values of the other again.',
  'secrets/rule-not-go': 'Correct the expression in .sops.yaml, and make the file anew.',
  'secrets/rule-without-match': 'Put the values below stringData or data, or correct the rule in .sops.yaml.',
  'secrets/rule-differs': 'Correct the rule, or make the file anew.',
  'secrets/recipients-differ': 'Bring the file up to its rule with secrets recipients update.',
  'secrets/other-environment': 'Bring the file up to its rule with secrets recipients update, and change its values.',
  'secrets/no-rule': 'Add a rule for its folder to .sops.yaml.',
  'secrets/file-name': 'Name it *.sops.yaml.',
  'secrets/sops-config': 'Correct .sops.yaml.',
};

/** Said already by the rules of YAML when the file cannot be read at all. */
const ofBrokenYaml = ['secrets/unreadable-secret', 'secrets/conflict-markers', 'secrets/broken-file'];

const configRule = {
  id: 'secrets/sops-config',
  severity: 'error',
  why: 'SOPS takes no notice of what it does not know, and a rule with a mistake is for other files than was meant.',
} as const;

/** The rules of `secrets scan`, as they are. */
export const secretsScan: readonly Rule[] = [...scanRules, configRule].map(({ id, severity, why }) => ({
  id,
  severity,
  why,
  fix: fixes[id] ?? 'Take the value out of the repository, and change it.',
  find: (repository) => findingsOf(repository, id),
}));

function* findingsOf({ exposed, files }: CheckedRepository, id: string): Generator<Finding> {
  for (const { problem } of exposed.findings) {
    const { rule, severity, message, file, line, column, object, hint } = problem;
    if (rule !== id || file === undefined) continue;
    if (ofBrokenYaml.includes(id) && (files.get(file)?.faults.length ?? 0) > 0) continue;
    yield {
      message: id === configRule.id ? message : sentence(file, message),
      at: { file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
      severity,
      ...(object !== undefined && { object }),
      ...(hint !== undefined && { hint }),
    };
  }
  // the scan ignores by document: at its comment a finding is ignored here too, and the comment is not idle
  for (const { rule, file, reason } of exposed.ignored) {
    if (rule !== id) continue;
    const comments = ignoreComments(file, files.get(file)?.text ?? '');
    const comment = comments.find((each) => each.rule === rule && each.reason === reason);
    if (comment !== undefined) yield { message: reason, at: { file, line: comment.line, column: comment.column } };
  }
}

/** The scan's messages are about a file that is printed before them. */
function sentence(file: string, message: string): string {
  return /^(is|holds|looks|can|cannot|has) /.test(message) ? `${file} ${message}` : message;
}
