import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A git repository of somebody else, at a tag. */
export interface GitSource {
  url: string;
  tag: string;
  /** Folders that Kustomizations apply from it. */
  paths: string[];
}

export interface ChartSource {
  url: string;
  /** The chart's own name. */
  name: string;
  /** The versions asked for. */
  range: string;
  /** A regular expression for tags, where the registry needs one. */
  filter?: string;
}

interface FluxDocument {
  kind?: string;
  metadata?: { name?: string; namespace?: string };
  spec?: {
    url?: string;
    path?: string;
    ref?: { tag?: string; semver?: string; semverFilter?: string };
    sourceRef?: { kind?: string; name?: string };
    chart?: { spec?: { chart?: string; version?: string; sourceRef?: { name?: string } } };
  };
}

/** Everything a repository makes Flux fetch from elsewhere, each address once. Reads all YAML files, builds nothing. */
export function fluxSources(repository: string): { git: GitSource[]; charts: ChartSource[] } {
  const documents = documentsBelow(repository);
  const ofKind = (kind: string) => documents.filter((document) => document.kind === kind);
  const git = ofKind('GitRepository').map(({ metadata, spec }) => ({
    url: spec?.url ?? '',
    tag: spec?.ref?.tag ?? '',
    paths: ofKind('Kustomization').flatMap((child) =>
      child.spec?.sourceRef?.name === metadata?.name ? [child.spec?.path ?? ''] : [],
    ),
  }));
  const oci = ofKind('OCIRepository').flatMap(({ spec }) => {
    // A patch of one environment has no address.
    if (spec?.url === undefined) return [];
    const filter = spec.ref?.semverFilter;
    const chart = { url: spec.url, name: basename(spec.url), range: spec.ref?.semver ?? '' };
    return [filter === undefined ? chart : { ...chart, filter }];
  });
  const helm = ofKind('HelmRepository').flatMap(({ metadata, spec }) =>
    ofKind('HelmRelease').flatMap((release) => {
      const chart = release.spec?.chart?.spec;
      if (chart?.sourceRef?.name !== metadata?.name || release.metadata?.namespace !== metadata?.namespace) return [];
      return [{ url: spec?.url ?? '', name: chart?.chart ?? '', range: chart?.version ?? '' }];
    }),
  );
  return { git: [...new Map(git.map((source) => [source.url, source])).values()], charts: [...oci, ...helm] };
}

function documentsBelow(repository: string): FluxDocument[] {
  return readdirSync(repository, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(apps|clusters|infrastructure)[/\\].*\.yaml$/.test(path))
    .flatMap((path) => parseAllDocuments(readFileSync(join(repository, path), 'utf8')))
    .map((document) => (document.toJS() ?? {}) as FluxDocument); // every field is optional and looked for
}
