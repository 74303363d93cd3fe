import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Draft } from '../../../src/model/model.ts';
import { sealDeclared } from '../../support/repository-with-secrets.ts';
import { type GeneratedRepository, generatedRepository } from '../generated-repository.ts';
import type { Break, Edit } from './break.ts';
import { appOf, breaks } from './breaks.ts';

type AppDraft = NonNullable<Draft['apps']>[string];

const kinds: Record<NonNullable<Break['app']>, AppDraft> = {
  image: { image: 'nginx:1.27', replicas: 0 },
  chart: { chart: { url: 'oci://ghcr.io/stefanprodan/charts/podinfo', version: '6.x' } },
  secret: {
    image: 'nginx:1.27',
    replicas: 0,
    secrets: { db: { environments: ['production'], keys: ['password'] } },
  },
};

/** A generated repository with an app for each mistake, and a team, so that Flux is locked down. */
export async function workbench(): Promise<GeneratedRepository> {
  const repository = await generatedRepository({
    clusters: { production: { environment: 'production' } },
    environments: { production: { intervals: { retry: '20s' }, timeouts: { apps: '20s' } } },
    components: {},
    apps: Object.fromEntries(breaks.flatMap(appsFor)),
    teams: { shop: { source: 'path', ownKey: true } },
  });
  await sealDeclared(repository, 'of the platform');
  return repository;
}

function appsFor(mistake: Break): [name: string, app: AppDraft][] {
  const name = appOf(mistake);
  const app = kinds[mistake.app ?? 'image'];
  const partner: [string, AppDraft] = [`${name}-b`, { ...app, dependsOn: [name] }];
  return [[name, app], ...(mistake.hasPartner ? [partner] : [])];
}

/** Makes edits in a repository. @returns what takes them back */
export function make(folder: string, edits: readonly Edit[], name: string): () => void {
  const undo = edits.map((edit) => makeOne(folder, edit, name));
  return () => {
    for (const each of undo.reverse()) each();
  };
}

function makeOne(folder: string, { file, from, to, of }: Edit, name: string): () => void {
  const named = (text: string) => text.replaceAll('NAME', name);
  const path = join(folder, named(file));
  const before = existsSync(path) ? readFileSync(path) : undefined;
  const source = of === undefined ? (before?.toString() ?? '') : readFileSync(join(folder, named(of)), 'utf8');
  const given = typeof to === 'function' ? named(to(source)) : typeof to === 'string' ? named(to) : to;
  const old = from === undefined ? undefined : named(from);
  if (old !== undefined && !source.includes(old)) throw new Error(`${path} does not say ${JSON.stringify(old)}`);
  const after = old === undefined ? given : source.replace(old, () => String(given));
  if (after === before?.toString()) throw new Error(`${path} stays as it is`);
  mkdirSync(dirname(path), { recursive: true });
  if (after === undefined) rmSync(path);
  else writeFileSync(path, after);
  return () => (before === undefined ? rmSync(path) : writeFileSync(path, before));
}
