import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'rolldown';
import { classicAgePlugin } from './scripts/classic-age-plugin.js';
import { licencesPlugin } from './scripts/licences-plugin.js';
import { templatesPlugin } from './scripts/templates-plugin.js';

/** Scripts that read `--json` find its schema in the package. */
const outputSchema = {
  name: 'output-schema',
  generateBundle() {
    const source = readFileSync('src/cli/output-schema.json', 'utf8');
    this.emitFile({ type: 'asset', fileName: 'output-schema.json', source });
  },
};

/** What gitbeaker imports and we do not use: 38 kB of the package. */
const lighter = {
  'picomatch-browser': resolve('scripts/bundle/no-limits.js'),
  'rate-limiter-flexible': resolve('scripts/bundle/no-limits.js'),
  qs: resolve('scripts/bundle/flat-query.js'),
};

/**
 * What is loaded together is one file: a file of its own costs half a millisecond to load and its part of an archive,
 * and most of what one command needs all its neighbours need too. Each row takes its modules and all that these import,
 * but for what a row before it took; whatever is imported only when it is wanted (a schema, an adapter) stays by itself.
 */
const chunks = [
  ['main', /src[\\/]cli[\\/](main|io|program)\.ts/],
  [
    'first-question',
    /src[\\/](cli[\\/](run-program|parse-arguments)|commands[\\/]create(-by-asking)?|wizard[\\/]prompts)\.ts/,
  ],
  ['re2', /node_modules[\\/]re2js[\\/]/],
  ['repository', /src[\\/](model|yaml|tree|git|plan|generators)[\\/][^/]*\.ts/],
  ['sops', /src[\\/]secrets[\\/]([^/]*|(format|sops-config)[\\/][^/]*)\.ts/],
  ['proof', /src[\\/](check|kustomize|graph|schema)[\\/][^/]*\.ts/],
  ['check', /src[\\/](commands|cli)[\\/]check[\\/][^/]*\.ts/],
  ['secrets', /src[\\/](commands|cli)[\\/]secrets[\\/][^/]*\.ts/],
  ['publish', /src[\\/]commands[\\/](publish|keys|pull)[\\/][^/]*\.ts/],
  ['change', /src[\\/]commands[\\/]([^/]*|removal[\\/][^/]*)\.ts/],
];

export default defineConfig({
  input: { main: 'src/cli/main.ts' },
  platform: 'node',
  // The parser's own build for Node is CommonJS, which cannot be taken in part.
  resolve: { alias: { ...lighter, yaml: resolve(import.meta.dirname, 'node_modules/yaml/browser/dist/index.js') } },
  plugins: [
    templatesPlugin(),
    classicAgePlugin(),
    outputSchema,
    licencesPlugin([{ title: 'Schemas of other projects', notice: 'src/schema/data/NOTICE', of: 'src/schema/data' }]),
  ],
  // Chunks bear no hash: nothing caches them by name, and a stack trace reads better. What comments say of licences is in
  // THIRD-PARTY-LICENSES.txt.
  output: {
    dir: 'dist',
    format: 'esm',
    minify: true,
    comments: false,
    cleanDir: true,
    chunkFileNames: '[name].js',
    codeSplitting: { groups: chunks.map(([name, test], row) => ({ name, test, priority: chunks.length - row })) },
  },
});
