import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { templatesPlugin } from './templates-plugin.js';

/** Writes the pages of docs/ that follow from the source. Node 20 runs no TypeScript: it is made one file first. */
const folder = mkdtempSync(join(tmpdir(), 'docs-'));
try {
  const file = join(folder, 'write-docs.mjs');
  const input = resolve('scripts/docs/write-docs.ts');
  const bundler = await rolldown({ input, platform: 'node', plugins: [templatesPlugin()] });
  await bundler.write({ file, format: 'esm', codeSplitting: false });
  await bundler.close();
  await import(pathToFileURL(file).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
