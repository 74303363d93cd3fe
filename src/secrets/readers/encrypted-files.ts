import type { RepoPath } from '../../tree/repo-path.ts';
import type { Tree } from '../../tree/tree.ts';
import { readMetadata } from '../format/read-metadata.ts';
import { readSopsYaml } from '../format/read-sops-yaml.ts';

/** An encrypted file of the repository, and whom it is encrypted for. */
export interface EncryptedFile {
  path: RepoPath;
  text: string;
  /** Public keys of age, in the file's order. */
  recipients: readonly string[];
  /** Kinds of recipients other than age (`pgp`, `kms` …). */
  foreign: readonly string[];
}

/**
 * The YAML files that SOPS has encrypted, whatever they are called: rules of the user's own may be for other names.
 *
 * @param paths where to look
 * @throws ExpectedError for a file whose `sops` block cannot be read, and for one with merge conflict markers
 */
export function encryptedFiles(tree: Tree, paths: readonly RepoPath[]): EncryptedFile[] {
  return paths
    .filter((path) => /\.ya?ml$/.test(path))
    .flatMap((path) => {
      const text = tree.read(path);
      if (typeof text !== 'string' || !isEncrypted(text)) return [];
      const { age, foreign } = readMetadata(readSopsYaml({ text, file: path }));
      return [{ path, text, recipients: age.map(({ recipient }) => recipient), foreign }];
    });
}

/** Cheap, since every YAML file is asked: the block and a sealed text in it. */
function isEncrypted(text: string): boolean {
  return text.includes('ENC[') && /^sops:\s*(#.*)?$/m.test(text);
}
