import { ExpectedError } from '../errors.ts';
import type { YamlSource } from '../model/yaml-source.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { type Metadata, readMetadata } from './format/read-metadata.ts';
import { readSopsYaml } from './format/read-sops-yaml.ts';

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
