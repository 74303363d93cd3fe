import { ExpectedError } from '../errors.ts';
import type { YamlSource } from '../model/yaml-source.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { unwrapDataKey } from './format/data-key.ts';
import { type Metadata, readMetadata } from './format/read-metadata.ts';
import { readSopsYaml } from './format/read-sops-yaml.ts';
import type { Secret } from './secret.ts';

/** An encrypted file and who it is for, read without opening it. */
export interface SealedFile {
  source: YamlSource;
  metadata: Metadata;
}

/**
 * Reads an encrypted file of the repository.
 *
 * @throws ExpectedError `sops-missing`, and as `readSopsYaml` and `readMetadata`
 */
export function readSealedFile(tree: Tree, path: RepoPath): SealedFile {
  const source = sourceAt(tree, path);
  return { source, metadata: readMetadata(readSopsYaml(source)) };
}

/** A file's text. @throws ExpectedError `sops-missing`, `sops-not-text` */
export function sourceAt(tree: Tree, path: RepoPath): YamlSource {
  const text = tree.read(path);
  if (typeof text === 'string') return { file: path, text };
  const isThere = text !== undefined;
  throw new ExpectedError({
    code: isThere ? 'sops-not-text' : 'sops-missing',
    exitCode: 1,
    message: `${path} ${isThere ? 'is not text (UTF-8)' : 'is not there'}`,
    hint: 'Restore the file from git.',
  });
}

/** Whether a private key alone opens a file, found out by doing it: what the file says of its readers is not asked. */
export async function opensFile({ source, metadata }: SealedFile, identities: readonly Secret[]): Promise<boolean> {
  try {
    (await unwrapDataKey(metadata.age, identities, source.file)).fill(0);
    return true;
  } catch (error) {
    if (error instanceof ExpectedError) return false;
    throw error;
  }
}
