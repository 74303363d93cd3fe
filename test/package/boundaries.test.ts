import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A file the linter must refuse: where it is, what is in it, the rule that refuses it. */
const refused: [path: string, source: string, rule: string][] = [
  ['src/errors-too.ts', `import { render } from './generators/render.ts';`, 'noRestrictedImports'],
  ['src/yaml/upward.ts', `import { planChanges } from '../generators/render.ts';`, 'noRestrictedImports'],
  ['src/schema/upward.ts', `import type { Io } from '../cli/io.ts';`, 'noRestrictedImports'],
  ['src/tree/upward.ts', `export { ask } from '../wizard/ask.ts';`, 'noRestrictedImports'],
  ['src/git/upward.ts', `export const late = () => import('../secrets/write-keys.ts');`, 'noRestrictedImports'],
  ['src/model/upward.ts', `import { create } from '../commands/create.ts';`, 'noRestrictedImports'],
  ['src/graph/upward.ts', `import { rules } from '../check/rules.ts';`, 'noRestrictedImports'],
  ['src/kustomize/upward.ts', `import { rules } from '../check/rules.ts';`, 'noRestrictedImports'],
  ['src/plan/upward.ts', `import { publish } from '../publish/github.ts';`, 'noRestrictedImports'],
  ['src/plan/file-door.ts', `import { publish } from '../publish/github.ts';`, 'noRestrictedImports'],
  ['src/catalogue/upward.ts', `import { render } from '../generators/render.ts';`, 'noRestrictedImports'],
  ['src/generators/upward.ts', `import { ask } from '../wizard/ask.ts';`, 'noRestrictedImports'],
  ['src/check/upward.ts', `import { push } from '../publish/push.ts';`, 'noRestrictedImports'],
  ['src/secrets/upward.ts', `import { create } from '../commands/create.ts';`, 'noRestrictedImports'],
  ['src/publish/upward.ts', `import { ask } from '../wizard/ask.ts';`, 'noRestrictedImports'],
  ['src/kube/upward.ts', `import { ask } from '../wizard/ask.ts';`, 'noRestrictedImports'],
  ['src/bootstrap/upward.ts', `import { main } from '../cli/main.ts';`, 'noRestrictedImports'],
  ['src/operate/upward.ts', `import { main } from '../cli/main.ts';`, 'noRestrictedImports'],
  ['src/yaml/reads.ts', `import { readFileSync } from 'node:fs';`, 'noRestrictedImports'],
  ['src/schema/reads.ts', `import { readFile } from 'node:fs/promises';`, 'noRestrictedImports'],
  ['src/model/knows-home.ts', `import { homedir } from 'node:os';`, 'noRestrictedImports'],
  ['src/catalogue/spawns.ts', `import { spawn } from 'node:child_process';`, 'noRestrictedImports'],
  ['src/generators/reads.ts', `import { readFileSync } from 'node:fs';`, 'noRestrictedImports'],
  ['src/generators/asks.ts', `import { text } from '@clack/prompts';`, 'noRestrictedImports'],
  ['src/plan/plan-reads.ts', `import { readFileSync } from 'node:fs';`, 'noRestrictedImports'],
  ['src/tree/runs.ts', `import { execa } from 'execa';`, 'noRestrictedImports'],
  ['src/secrets/runs.ts', `import { execa } from 'execa';`, 'noRestrictedImports'],
  ['src/git/spawns.ts', `import { spawn } from 'node:child_process';`, 'noRestrictedImports'],
  ['src/git/asks.ts', `import { text } from '@clack/prompts';`, 'noRestrictedImports'],
  ['src/wizard/runs.ts', `import { spawn } from 'node:child_process';`, 'noRestrictedImports'],
  ['src/wizard/another-asks.ts', `import { text } from '@clack/prompts';`, 'noRestrictedImports'],
  ['src/commands/runs.ts', `import { execa } from 'execa';`, 'noRestrictedImports'],
  ['src/cli/asks.ts', `import { text } from '@clack/prompts';`, 'noRestrictedImports'],
  ['src/commands/speaks-http.ts', `import { request } from 'node:https';`, 'noRestrictedImports'],
  ['src/commands/sees-variables.ts', `import { env } from 'node:process';`, 'noRestrictedImports'],
  ['src/commands/exits.ts', `process.exit(1);`, 'noRestrictedGlobals'],
  ['src/git/sees-variables.ts', `export const home = process.env.HOME;`, 'noRestrictedGlobals'],
  ['src/commands/fetches.ts', `export const page = () => fetch('http://127.0.0.1');`, 'noRestrictedGlobals'],
  ['src/generators/dates.ts', `export const now = () => new Date();`, 'noRestrictedGlobals'],
  ['src/plan/draws.ts', `export const id = () => crypto.randomUUID();`, 'noRestrictedGlobals'],
  ['src/commands/prints.ts', `console.log('done');`, 'noConsole'],
  ['src/wizard/index.ts', `export * from './ask.ts';`, 'noReExportAll'],
  ['src/commands/defaults.ts', `export default 1;`, 'noDefaultExport'],
  ['src/commands/camelCase.ts', `export const one = 1;`, 'useFilenamingConvention'],
  ['src/commands/forgets.ts', `async function later() {}\nlater();`, 'noFloatingPromises'],
  ['src/commands/round.ts', `import { trip } from './trip.ts';\nexport const round = () => trip;`, 'noImportCycles'],
  ['src/commands/trip.ts', `import { round } from './round.ts';\nexport const trip = () => round;`, 'noImportCycles'],
  ['src/commands/long.ts', `export function long() {${'\n  long();'.repeat(61)}\n}`, 'noExcessiveLines'],
];

/** What the doors are for: the linter says nothing. */
const accepted: [path: string, source: string][] = [
  ['src/generators/downward.ts', `export type { Tree } from '../tree/tree.ts';`],
  ['src/git/run-git.ts', `import { execa } from 'execa';\nexport const kept = execa;`],
  ['src/kube/kubectl.ts', `import { execa } from 'execa';\nexport const kept = execa;`],
  ['src/wizard/prompts.ts', `import { text } from '@clack/prompts';\nexport const kept = text;`],
  ['src/wizard/editor.ts', `import { spawn } from 'node:child_process';\nexport const kept = spawn;`],
  ['src/publish/forge.ts', `export const page = () => fetch('http://127.0.0.1');`],
  ['src/tree/disk-tree.ts', `import { readFileSync } from 'node:fs';\nexport const kept = readFileSync;`],
  ['src/cli/io.ts', `export const home = process.env.HOME;`],
  ['src/secrets/access-rights.ts', `import { platform } from 'node:process';\nexport const kept = platform;`],
];

interface LintReport {
  diagnostics: { category: string; location: { path: string } }[];
}

let folder: string;
const findings = new Map<string, string[]>();

/** One run of the project's own configuration over a folder of such files. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  const configuration = JSON.parse(readFileSync('biome.json', 'utf8'));
  write('biome.json', JSON.stringify({ ...configuration, $schema: undefined, vcs: undefined }));
  for (const [path, source] of [...refused, ...accepted]) write(path, `${source}\n`);
  for (const { category, location } of lint().diagnostics) {
    const path = location.path.replaceAll('\\', '/');
    findings.set(path, [...(findings.get(path) ?? []), category]);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string) {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Exits 1 when it finds something, which is what is wanted here; the report is on stdout either way. */
function lint(): LintReport {
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}

describe('the linter refuses', () => {
  it.each(refused)('%s', (path, _source, rule) => {
    expect(findings.get(path) ?? []).toContainEqual(expect.stringContaining(rule));
  });
});

describe('the linter accepts', () => {
  it.each(accepted)('%s', (path) => {
    expect(findings.get(path) ?? []).toEqual([]);
  });
});
