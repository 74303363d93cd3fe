import { ExpectedError } from '../errors.ts';
import type { YamlSource } from '../model/yaml-source.ts';
import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { FoundIdentity } from './find-identities.ts';
import { verifyFile } from './format/decrypt-file.ts';
import { pathText } from './format/format-error.ts';
import { type Inspection, inspectFile } from './format/inspect-file.ts';
import { recipientProblems } from './recipient-problems.ts';
import { sourceAt } from './sealed-file.ts';
import type { SopsConfig } from './sops-config/sops-config.ts';

/** What one encrypted file is held against. */
export interface FileCheck {
  tree: Tree;
  path: RepoPath;
  /** `.sops.yaml`; undefined when it is missing or cannot be read, which is told elsewhere. */
  config: SopsConfig | undefined;
  /** Private keys at hand. */
  identities: readonly Pick<FoundIdentity, 'secret' | 'recipient'>[];
  /** Recipient -> whose it is. */
  names: ReadonlyMap<string, string>;
}

/** What is known of one file. No value is in it. */
export interface CheckedFile {
  /** undefined when the file cannot be read as an encrypted one. */
  inspection: Inspection | undefined;
  /** `verified`: opened, MAC and every value; `unopened`: no key at hand fits; `wrong`: what is encrypted is damaged. */
  state: 'verified' | 'unopened' | 'wrong';
  problems: Problem[];
}

/** Checks one encrypted file: by its MAC where a key fits, for plain text in it, and by the rule it should follow. */
export async function checkSecretFile(check: FileCheck): Promise<CheckedFile> {
  const { tree, path, identities } = check;
  let source: YamlSource;
  let inspection: Inspection;
  try {
    source = sourceAt(tree, path);
    inspection = await inspectFile(source);
  } catch (error) {
    return { inspection: undefined, state: 'wrong', problems: [failureProblem(error, path)] };
  }
  const problems = [...sealingProblems(inspection), ...recipientProblems(inspection, check)];
  // an exposed or damaged value is told with its place already, and keeps the file from opening
  if (inspection.values.some(({ state }) => state === 'exposed' || state === 'damaged'))
    return { inspection, state: 'wrong', problems };
  const readers = new Set(inspection.recipients);
  const fitting = identities.filter(({ recipient }) => readers.has(recipient)).map(({ secret }) => secret);
  try {
    await verifyFile(source, fitting);
    return { inspection, state: 'verified', problems };
  } catch (error) {
    if (isUnopened(error)) return { inspection, state: 'unopened', problems };
    return { inspection, state: 'wrong', problems: [...problems, failureProblem(error, path)] };
  }
}

function isUnopened(error: unknown): boolean {
  return error instanceof ExpectedError && ['sops-no-identity', 'sops-wrong-identity'].includes(error.code);
}

/** The error of reading or opening a file as a finding, with its place taken out of the sentence. */
function failureProblem(error: unknown, file: RepoPath): Problem {
  if (!(error instanceof ExpectedError)) throw error;
  const [, line, column, what] = /:(\d+):(\d+) (.*)$/.exec(error.message.slice(file.length)) ?? [];
  const message = what ?? error.message.replace(`${file} `, '');
  return {
    rule: error.code === 'sops-not-encrypted' ? 'secrets/not-encrypted' : 'secrets/damaged',
    severity: 'error',
    message: [message, ...error.why].join('; '),
    file,
    ...(line !== undefined && { line: Number(line), column: Number(column) }),
    ...(error.hint !== undefined && { hint: error.hint }),
  };
}

function sealingProblems({ file, values, comments, unmarked }: Inspection): Problem[] {
  const found = values.flatMap(({ path, state, line, column }): Problem[] => {
    if (state === 'exposed')
      return [
        {
          rule: 'secrets/exposed-value',
          severity: 'error',
          message: `${pathText(path)} is in plain text where the rule wants it encrypted`,
          ...{ file, line, column },
        },
      ];
    if (state !== 'damaged') return [];
    const message = `${pathText(path)} is damaged: it is not a whole ENC[…]`;
    return [
      { rule: 'secrets/damaged', severity: 'error', message, file, line, column, hint: 'Restore the file from git.' },
    ];
  });
  const plain = comments
    .filter(({ state }) => state === 'exposed')
    .map(({ line, column }): Problem => {
      const message = 'a comment beside encrypted values is in plain text';
      return { rule: 'secrets/exposed-comment', severity: 'warning', message, file, line, column };
    });
  const bare = unmarked.map(({ line, column }): Problem => {
    const message = 'this document has no sops block of its own: Flux would apply its ciphertext as it is';
    return { rule: 'secrets/damaged', severity: 'error', message, file, line, column, hint: 'Make the file again.' };
  });
  return [...found, ...plain, ...bare];
}
