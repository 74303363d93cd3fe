import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import Handlebars from 'handlebars';
import { parse } from 'yaml';

const id = 'virtual:templates';
const resolved = `\0${id}`;
/** `{{!-- seed --}}`, `{{!-- user: spec.values, spec.ref.semver --}}`: what a template says of the file it makes. */
const header = /^\{\{!--\s*([\s\S]*?)\s*--\}\}\r?\n?/;

/**
 * Bundles `templates/` as precompiled Handlebars functions, so that a user's machine never compiles one,
 * and the catalogue's `component.yaml` files as plain objects. Works in rolldown and in vitest.
 *
 * `virtual:templates` exports
 * - `templates`: path without `.hbs` -> `{ spec?, text?, ownership, userPaths, executable }`
 * - `catalogue`: component name -> parsed `component.yaml`
 */
export function templatesPlugin(folder = 'templates') {
  return {
    name: 'templates',
    resolveId: (source) => (source === id ? resolved : undefined),
    load(source) {
      if (source !== resolved) return undefined;
      const { templates, catalogue } = readTemplates(folder);
      for (const file of [...templates.values(), ...catalogue.values()]) this.addWatchFile?.(file.source);
      const rows = [...templates].map(([path, { body }]) => `${JSON.stringify(path)}:${body}`);
      const components = [...catalogue].map(([name, { entry }]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`);
      return `export const templates={${rows.join(',\n')}};\nexport const catalogue={${components.join(',\n')}};`;
    },
  };
}

function readTemplates(folder) {
  const templates = new Map();
  const catalogue = new Map();
  for (const path of filesBelow(folder)) {
    const source = join(folder, path);
    const text = readFileSync(source, 'utf8').replaceAll('\r\n', '\n');
    const component = /^components\/([^/]+)\/component\.yaml$/.exec(path);
    if (component) catalogue.set(component[1], { source, entry: parse(text) });
    else templates.set(path.replace(/\.hbs$/, ''), { source, body: compile(path, text, statSync(source).mode) });
  }
  return { templates, catalogue };
}

/** Relative paths with `/`, sorted. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** A file without `.hbs` is copied as it is. */
function compile(path, text, mode) {
  const executable = (mode & 0o100) !== 0;
  if (!path.endsWith('.hbs')) return JSON.stringify({ text, ownership: 'managed', userPaths: [], executable });
  const marks = readHeader(path, header.exec(text)?.[1]);
  const spec = Handlebars.precompile(text.replace(header, ''), {
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
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
