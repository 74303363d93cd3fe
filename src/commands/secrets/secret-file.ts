import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import type { FileTarget } from '../../cli/secrets/file-arguments.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../../errors.ts';
import { type DeclaredSecret, declaredSecrets } from '../../model/declared-secrets.ts';
import type { Model } from '../../model/model.ts';
import { traitOf } from '../../model/secret-strategies.ts';
import { strategyOf } from '../../model/settings.ts';
import type { YamlSource } from '../../model/yaml-source.ts';
import { nearest } from '../../nearest.ts';
import { sopsText } from '../../secrets/format/refuse-text.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { ownerKinds } from '../../wizard/secret-owner.ts';
import type { OpenRepository } from '../open-repository.ts';
import { sealAnew } from './seal-anew.ts';

/** An encrypted file that a command was pointed at. */
export interface SecretFile {
  path: RepoPath;
  source: YamlSource;
  /** Undefined for a file that the model does not know. */
  declared: DeclaredSecret | undefined;
}

/**
 * Finds the file that is meant, by its path from where the person is, or by the name of a declared Secret. Where a name
 * means several, a person is asked.
 *
 * @throws ExpectedError `secret-missing`, `secret-ambiguous`, `sops-not-utf8`, `sops-too-large`
 */
export async function secretFile(io: Io, repository: OpenRepository, target: FileTarget): Promise<SecretFile> {
  const { tree, model, root } = repository;
  const all = declaredSecrets(model);
  const inside = pathInside(root, resolve(io.cwd, target.file));
  const isPath = inside !== undefined && !hasOwner(target) && tree.kindOf(inside) === 'file';
  refuseOtherStrategy(isPath ? all.filter(({ path }) => path === inside) : meantBy(target, all, inside), model);
  const path = isPath ? inside : await declaredPath(io, target, all, inside);
  const declared = all.find((each) => each.path === path);
  const contents = tree.read(path);
  if (contents === undefined) throw notYet(path, declared);
  const text = typeof contents === 'string' ? contents : sopsText(contents, path);
  return { path, source: { file: path, text }, declared };
}

/** Declared Secrets that a name and the flags with it mean, in path order. */
export function namedSecrets(target: FileTarget, all: readonly DeclaredSecret[]): DeclaredSecret[] {
  return all.filter(
    ({ name, owner, environment }) =>
      name === target.file &&
      ownerKinds.every((kind) => target[kind] === undefined || (owner.kind === kind && owner.name === target[kind])) &&
      (target.environment === undefined || environment === target.environment),
  );
}

/** A path of the repository; undefined for one outside of it. */
export function pathInside(root: string, absolute: string): RepoPath | undefined {
  const path = relative(root, absolute);
  if (path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return path.split(sep).join('/');
}

/** What is declared at the path, else under the name. */
function meantBy(target: FileTarget, all: readonly DeclaredSecret[], inside: RepoPath | undefined): DeclaredSecret[] {
  const byPath = hasOwner(target) ? undefined : all.find(({ path }) => path === inside);
  return byPath === undefined ? namedSecrets(target, all) : [byPath];
}

async function declaredPath(
  io: Io,
  target: FileTarget,
  all: readonly DeclaredSecret[],
  inside: RepoPath | undefined,
): Promise<RepoPath> {
  const found = meantBy(target, all, inside);
  const [only, ...others] = found;
  if (only === undefined) throw unknown(target, all);
  if (others.length === 0) return only.path;
  if (io.interactive) return choose(io, found);
  throw usageError(`${target.file} means ${found.length} files: say which`, {
    code: 'secret-ambiguous',
    why: found.map(({ path }) => path),
    hint: 'name the file by its path, or add --app, --component, --cluster and --environment',
  });
}

async function choose(io: Io, files: readonly DeclaredSecret[]): Promise<RepoPath> {
  const { terminalPrompts } = await import('../../wizard/prompts.ts');
  const choices = files.map(({ path, owner, environment }) => ({
    value: path,
    label: `${owner.kind} ${owner.name}${environment === undefined ? '' : ` in ${environment}`}`,
    hint: path,
  }));
  return terminalPrompts(io).select('Which one?', choices);
}

function hasOwner({ app, component, cluster, environment }: FileTarget): boolean {
  return [app, component, cluster, environment].some((flag) => flag !== undefined);
}

function unknown({ file }: FileTarget, all: readonly DeclaredSecret[]): ExpectedError {
  const names = all.flatMap(({ name, path }) => [name, path]);
  const meant = nearest(file, names);
  const known = all.slice(0, 8).map(({ path }) => path);
  return usageError(`there is no file and no such Secret: ${file}`, {
    code: 'secret-missing',
    why:
      all.length === 0 ? ['flux-repo.yaml declares none yet.'] : ['Declared are:', ...known.map((path) => `  ${path}`)],
    hint: meant === undefined ? `${npx} secrets create` : `did you mean ${meant}?`,
  });
}

/** @throws ExpectedError `other-strategy` (exit 2): only SOPS gives values back */
function refuseOtherStrategy(found: readonly DeclaredSecret[], model: Model): void {
  const strategy = strategyOf(model);
  const [first] = found;
  if (strategy === 'sops' || first === undefined) return;
  const { title, suffix } = traitOf(strategy);
  throw usageError(`secret ${first.name} cannot be opened: it is kept by ${title}`, {
    code: 'other-strategy',
    why: [`${whatIsHere[strategy]}${suffix === undefined ? '' : `: ${found.map(({ path }) => path).join(', ')}`}.`],
    hint: strategy === 'sealed-secrets' ? sealAnew(first, model) : 'change its values where they are kept',
  });
}

/** What the repository has of a Secret in place of an encrypted file. */
const whatIsHere = {
  'external-secrets': 'The repository names where its values are and has none of them',
  'sealed-secrets': 'Only the controller in the cluster opens what the repository has',
  none: 'The repository has the names of its keys and no file',
} as const;

/** Declared, and not made on this branch. */
function notYet(path: RepoPath, declared: DeclaredSecret | undefined): ExpectedError {
  const owner = declared === undefined ? [] : [`--${declared.owner.kind}`, declared.owner.name];
  const place = declared?.environment === undefined ? [] : ['--environment', declared.environment];
  return new ExpectedError({
    code: 'secret-missing',
    exitCode: 1,
    message: `${path} is not there yet`,
    why: ['flux-repo.yaml declares it.'],
    hint: `${npx} ${shellCommand(['secrets', 'create', declared?.name ?? 'NAME', ...owner, ...place])}`,
  });
}
