import type { RepoPath } from '../../tree/repo-path.ts';
import type { CheckedRepository } from '../checked-repository.ts';
import type { SourceFault } from '../read-documents.ts';
import type { Finding, Rule } from '../rule.ts';

/**
 * What a parser refuses, of one kind. It is only worth a warning in a file that no cluster reads, and where kustomize takes
 * the last of two equal keys: in kustomization files and patches. What is nested without end is made to stop readers.
 */
function* faultsOf(repository: CheckedRepository, kind: SourceFault['kind']): Generator<Finding> {
  const { files, built } = repository;
  const isRefused = (path: RepoPath) =>
    kind === 'nested' || (built.has(path) && (kind !== 'duplicate-key' || isUnbuildable(repository, path)));
  for (const { path, text, faults } of files.values()) {
    // other programs' templates are YAML once they are rendered
    if (!built.has(path) && text.includes('{{')) continue;
    for (const { message, line, column, kind: found } of faults)
      if (found === kind)
        yield { message, at: { file: path, line, column }, ...(!isRefused(path) && { severity: 'warning' }) };
  }
}

function isUnbuildable({ clusters }: CheckedRepository, path: RepoPath): boolean {
  const builds = clusters.flatMap(({ kustomizations }) => kustomizations.map(({ build }) => build));
  return builds.some((build) => build?.problems.some(({ rule, file }) => rule === 'kustomize/yaml' && file === path));
}

export const yamlSyntax: Rule = {
  id: 'yaml/syntax',
  severity: 'error',
  why: 'Flux cannot read the file, and the whole Kustomization that it belongs to fails to build.',
  fix: 'Correct the YAML at this place.',
  find: (repository) => faultsOf(repository, 'syntax'),
};

export const yamlDuplicateKey: Rule = {
  id: 'yaml/duplicate-key',
  severity: 'error',
  why: 'A key that is there twice in one map makes the build fail, or one of the two values is silently dropped.',
  fix: 'Keep one of the two entries.',
  find: (repository) => faultsOf(repository, 'duplicate-key'),
};

export const yamlTab: Rule = {
  id: 'yaml/tab',
  severity: 'error',
  why: 'YAML does not allow tabs for indentation, so the build of the Kustomization fails.',
  fix: 'Replace the tab by spaces.',
  find: (repository) => faultsOf(repository, 'tab'),
};

export const yamlConflictMarker: Rule = {
  id: 'yaml/conflict-marker',
  severity: 'error',
  why: 'A merge that was not finished leaves text in the file that is no YAML, and the build fails.',
  fix: 'Decide for one of the two sides, and remove the markers.',
  find: (repository) => faultsOf(repository, 'conflict-marker'),
};

export const yamlUnreadable: Rule = {
  id: 'yaml/unreadable',
  severity: 'error',
  why: 'Flux cannot read a file that is no UTF-8 text, or that is far too large or too deep for a manifest.',
  fix: 'Save it as UTF-8 text, flatter or in parts, or move it out of the repository.',
  *find(repository) {
    yield* faultsOf(repository, 'unreadable');
    yield* faultsOf(repository, 'nested');
  },
};
