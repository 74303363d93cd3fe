import ignore from 'ignore';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';

/** What Flux leaves out of every source: https://fluxcd.io/flux/components/source/gitrepositories/#default-exclusions */
const always = [
  ...['.git/', '.gitignore', '.gitmodules', '.gitattributes'],
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml', 'cloudbuild.yaml'],
  ...['codeship-services.yml', 'codeship-steps.yml', '**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/**
 * Whether a file is part of what Flux gets from the repository, by `.sourceignore` in its root. Those in other folders
 * are not looked at.
 */
export function sourceFilter(tree: Tree): (path: RepoPath) => boolean {
  const text = tree.kindOf('.sourceignore') === 'file' ? tree.read('.sourceignore') : undefined;
  const rules = ignore().add(always);
  if (typeof text === 'string') rules.add(text);
  return (path) => !rules.ignores(path);
}
