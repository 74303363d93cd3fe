import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateUnits } from '../../src/generators/generate-units.ts';
import { readModel } from '../../src/model/read-model.ts';

/**
 * Generates what a model wants and writes the same bytes, in turns.
 * Arguments: a flux-repo.yaml, an empty folder, how many rounds.
 * Prints a list of `{ "generate": ms, "write": ms }`; the first round is the cold one.
 */
const [modelFile = '', folder = '', rounds = ''] = process.argv.slice(2);
const model = readModel({ text: readFileSync(modelFile, 'utf8'), file: modelFile });

function round(target: string): { generate: number; write: number } {
  const start = performance.now();
  const units = generateUnits(model, { toolVersion: '0.0.0' });
  const generated = performance.now();
  const files = units.flatMap(({ entries }) => entries.flatMap((entry) => ('contents' in entry ? [entry] : [])));
  const writing = performance.now();
  for (const { path, contents } of files) write(join(target, path), contents);
  return { generate: generated - start, write: performance.now() - writing };
}

function write(path: string, contents: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

const samples = Array.from({ length: Number(rounds) }, (_, at) => round(join(folder, String(at))));
console.log(JSON.stringify(samples));
