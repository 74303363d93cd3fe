import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import Handlebars from 'handlebars';
import { parse } from 'yaml';

/** `{{!-- seed --}}`, `{{!-- user: spec.values, spec.ref.semver --}}`: what a template says of the file it makes. */
const header = /^\{\{!--\s*([\s\S]*?)\s*--\}\}\r?\n?/;

/**
 * Bundles `templates/` as precompiled Handlebars functions, so that a user's machine never compiles one,
 * and the catalogue's `component.yaml` files as plain objects. Works in rolldown and in vitest.
 *
 * - `virtual:templates` exports `templates`: path without `.hbs` -> `{ spec | text, ownership, userPaths, executable }`
 * - `virtual:catalogue` exports `catalogue`: component name -> parsed `component.yaml`
 */
export function templatesPlugin(folder = 'templates') {
  const modules = {
    'virtual:templates': () => moduleOf('templates', readTemplates(folder)),
    'virtual:catalogue': () => moduleOf('catalogue', readCatalogue(folder)),
  };
  return {
    name: 'templates',
    resolveId: (source) => (source in modules ? `\0${source}` : undefined),
    load(source) {
      return source.startsWith('\0') ? modules[source.slice(1)]?.() : undefined;
    },
  };
}

/** @param rows [key, JavaScript expression] */
function moduleOf(name, rows) {
  return `export const ${name} = {${rows.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',\n')}};`;
}

function readTemplates(folder) {
  return filesBelow(folder)
    .filter((path) => !isCatalogueEntry(path))
    .map((path) => [path.replace(/\.hbs$/, ''), compile(path, readText(join(folder, path)))]);
}

function readCatalogue(folder) {
  return filesBelow(folder)
    .filter(isCatalogueEntry)
    .map((path) => [path.split('/')[1], JSON.stringify(parse(readText(join(folder, path))))]);
}

function isCatalogueEntry(path) {
  return /^components\/[^/]+\/component\.yaml$/.test(path);
}

/** By its first two bytes: a checkout on Windows knows no file modes. */
function isExecutable(text) {
  return text.startsWith('#!');
}

/** A checkout on Windows may have CRLF; what we generate never has. */
function readText(file) {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

/** Relative paths with `/`, sorted. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** A file without `.hbs` is copied as it is. */
function compile(path, source) {
  const text = source.replace(header, '');
  const executable = isExecutable(text);
  if (!path.endsWith('.hbs')) return JSON.stringify({ text: source, ownership: 'managed', userPaths: [], executable });
  const marks = readHeader(path, header.exec(source)?.[1]);
  const spec = Handlebars.precompile(text, {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { yaml: true, lines: true },
  });
  const meta = JSON.stringify({ ...marks, executable });
  return `${meta.slice(0, -1)},"spec":${spec}}`;
}

function readHeader(path, text) {
  const marks = { ownership: 'managed', userPaths: [] };
  for (const part of (text ?? '')
    .split(';')
    .map((word) => word.trim())
    .filter(Boolean)) {
    if (part === 'seed' || part === 'external') marks.ownership = part;
    else if (part.startsWith('user:'))
      marks.userPaths = part
        .slice(5)
        .split(',')
        .map((p) =>
          p
            .trim()
            .split('.')
            .map((k) => (/^\d+$/.test(k) ? Number(k) : k)),
        );
    else throw new Error(`${path}: the header says "${part}", which is not seed, external or user: PATHS`);
  }
  return marks;
}

/** For tests: every rendered template's path and source text. */
export function templateSources(folder = 'templates') {
  return filesBelow(folder)
    .filter((path) => path.endsWith('.hbs'))
    .map((path) => ({ path, text: readText(join(folder, path)) }));
}
