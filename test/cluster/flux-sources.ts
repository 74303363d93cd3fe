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
  /** The versions asked for: by its base, and by environments that have another one. */
  ranges: string[];
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

/** Everything a repository makes Flux fetch from elsewhere. Reads all YAML files, builds nothing. */
export function fluxSources(repository: string): { git: GitSource[]; charts: ChartSource[] } {
  const documents = documentsBelow(repository);
  return {
    git: ofKind(documents, 'GitRepository').map((source) => gitSource(documents, source)),
    charts: [...ociCharts(documents), ...helmCharts(documents)],
  };
}

function gitSource(documents: FluxDocument[], { metadata, spec }: FluxDocument): GitSource {
  const users = ofKind(documents, 'Kustomization').filter((child) => child.spec?.sourceRef?.name === metadata?.name);
  return { url: spec?.url ?? '', tag: spec?.ref?.tag ?? '', paths: users.map((child) => child.spec?.path ?? '') };
}

function ociCharts(documents: FluxDocument[]): ChartSource[] {
  const sources = ofKind(documents, 'OCIRepository');
  return sources.flatMap((source) => {
    const url = source.spec?.url;
    // A patch of one environment has no address.
    if (url === undefined) return [];
    const ranges = sources.filter(isSame(source)).flatMap(({ spec }) => spec?.ref?.semver ?? []);
    const filter = source.spec?.ref?.semverFilter;
    return [{ url, name: basename(url), ranges, ...(filter === undefined ? {} : { filter }) }];
  });
}

function helmCharts(documents: FluxDocument[]): ChartSource[] {
  const releases = ofKind(documents, 'HelmRelease');
  return ofKind(documents, 'HelmRepository').flatMap((source) =>
    releases.flatMap((release) => {
      const chart = release.spec?.chart?.spec;
      const from = { metadata: { ...release.metadata, ...chart?.sourceRef } };
      if (chart?.chart === undefined || !isSame(source)(from)) return [];
      const ranges = releases.filter(isSame(release)).flatMap(({ spec }) => spec?.chart?.spec?.version ?? []);
      return [{ url: source.spec?.url ?? '', name: chart.chart, ranges }];
    }),
  );
}

function ofKind(documents: FluxDocument[], kind: string): FluxDocument[] {
  return documents.filter((document) => document.kind === kind);
}

function isSame(one: FluxDocument): (other: FluxDocument) => boolean {
  return ({ metadata }) => metadata?.name === one.metadata?.name && metadata?.namespace === one.metadata?.namespace;
}

function documentsBelow(repository: string): FluxDocument[] {
  return readdirSync(repository, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(apps|clusters|infrastructure)[/\\].*\.yaml$/.test(path))
    .flatMap((path) => parseAllDocuments(readFileSync(join(repository, path), 'utf8')))
    .map((document) => (document.toJS() ?? {}) as FluxDocument); // every field is optional and looked for
}
