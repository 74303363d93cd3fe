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
  output: { dir: 'dist', format: 'esm', minify: true, comments: false, cleanDir: true, chunkFileNames: '[name].js' },
});
