import type { Model, Provider } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';
import { inOrder } from '../model/units.ts';
import type { BlockEntry, Entry } from '../plan/entry.ts';
import { sopsRules, sopsRulesText } from '../secrets/sops-config/sops-rules.ts';
import { readmeText } from './readme.ts';
import { renderFile, renderText } from './render.ts';

/** Where a provider looks for code owners and for its CI's description. */
const places: Record<Provider, { codeOwners: string; workflow: string }> = {
  github: { codeOwners: '.github/CODEOWNERS', workflow: '.github/workflows/flux-repo.yml' },
  git: { codeOwners: '.github/CODEOWNERS', workflow: '.github/workflows/flux-repo.yml' },
  none: { codeOwners: '.github/CODEOWNERS', workflow: '.github/workflows/flux-repo.yml' },
  gitlab: { codeOwners: '.gitlab/CODEOWNERS', workflow: '.gitlab-ci.yml' },
  gitea: { codeOwners: 'CODEOWNERS', workflow: '.gitea/workflows/flux-repo.yml' },
};

/** What belongs to no unit but to the repository as a whole. */
export function repositoryEntries(model: Model, version: string): Entry[] {
  const { codeOwners, workflow } = places[model.repository.provider];
  const scan = `npx create-flux-repo@${version} secrets scan`;
  const check = `npx --yes create-flux-repo@${version} check`;
  const annotate = `${check} --format github`;
  return [
    ...['.gitattributes', '.editorconfig', '.githooks/pre-commit', 'renovate.json', workflow].flatMap((path) =>
      renderFile(path, {}, { branch: model.repository.branch, version, scan, check, annotate }),
    ),
    ...renderFile('.flux-repo/schema.json', {}),
    hashBlock('.gitignore', 'ignore', 'first', renderText('blocks/gitignore', {})),
    hashBlock(
      '.sourceignore',
      'ignore',
      'first',
      renderText('blocks/sourceignore', { teams: Object.keys(model.teams).length > 0 }),
    ),
    hashBlock(
      codeOwners,
      'owners',
      'first',
      renderText('blocks/codeowners', { owners: model.repository.codeOwners ?? null, teams: teamOwners(model) }),
    ),
    ...sopsConfig(model),
    readme(model, version),
  ];
}

/** Folders of teams that work here and say who reviews them. */
function teamOwners({ teams }: Model) {
  return inOrder(teams)
    .filter(([, { source, codeOwners = [] }]) => source === 'path' && codeOwners.length > 0)
    .map(([name, { codeOwners }]) => ({ folder: `teams/${name}`, owners: codeOwners }));
}

function hashBlock(path: string, id: string, position: BlockEntry['position'], contents: string): BlockEntry {
  return { kind: 'block', path, id, position, comment: 'hash', contents };
}

/** SOPS takes the first rule that matches, so a user's own rules stand before ours. */
function sopsConfig(model: Model): BlockEntry[] {
  if (strategyOf(model) !== 'sops') return [];
  const before =
    '# Which keys encrypt which files. Rules of your own go first: the first that matches is taken.\ncreation_rules:\n';
  const after = 'stores:\n  yaml:\n    indent: 2\n';
  const block = hashBlock('.sops.yaml', 'rules', 'last', sopsRulesText(sopsRules(model)));
  return [{ ...block, within: ['creation_rules'], frame: { before, after } }];
}

function readme(model: Model, version: string): BlockEntry {
  const before = `# ${model.repository.name}\n\n`;
  return {
    kind: 'block',
    path: 'README.md',
    id: 'readme',
    position: 'last',
    comment: 'html',
    contents: readmeText(model, version),
    frame: { before, after: '' },
  };
}
