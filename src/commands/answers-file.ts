import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import type { Io } from '../cli/io.ts';
import { usageError } from '../errors.ts';
import type { Draft } from '../model/model.ts';
import { type Place, type PositionedYaml, parsePositioned, type YamlSource } from '../model/yaml-source.ts';
import { isSystemError, reasonOf } from '../tree/system-error.ts';
import type { FromFile } from '../wizard/equivalent-command.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';

/** Answers of a `--config` file, and where they stand in it. */
export interface AnswersFile extends FromFile {
  /** Empty for what came from elsewhere: a flag, a prompt, a default. */
  placeOf(path: YamlPath, draft: Draft): Place;
}

/** Reads a file of answers, `-` for stdin. @throws ExpectedError (exit 2) when it cannot be used, or holds nothing */
export async function readAnswersFile(io: Io, path: string): Promise<AnswersFile> {
  const { readDraft } = await import('../model/read-model.ts');
  const source = await readAnswersText(io, path);
  const yaml = parsePositioned(source);
  if (yaml.syntax.length === 0 && (yaml.value === null || yaml.value === undefined)) throw empty(path, source.file);
  const draft = readDraft(source);
  return { path, answers: { draft }, placeOf: (at, taken) => placeIn(yaml, at, taken) };
}

/** The text of a file of answers, `-` for stdin. @throws ExpectedError (exit 2) when it cannot be read */
export async function readAnswersText(io: Io, path: string): Promise<YamlSource> {
  if (path === '-') return { text: await textOf(io.stdin), file: 'stdin' };
  return { text: await readText(resolve(io.cwd, path), path), file: path };
}

function placeIn(yaml: PositionedYaml, path: YamlPath, taken: Draft): Place {
  const said = valueAt(yaml.value, path);
  // what is missing is to be added beside what the file does say
  const isAbout = said === undefined ? valueAt(yaml.value, path.slice(0, -1)) !== undefined : true;
  return path.length > 0 && isAbout && isDeepStrictEqual(said, valueAt(taken, path)) ? yaml.placeOf(path) : {};
}

function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((below, key) => {
    if (typeof below !== 'object' || below === null) return undefined;
    return new Map<string, unknown>(Object.entries(below)).get(String(key));
  }, value);
}

function empty(path: string, file: string): Error {
  return usageError(path === '-' ? 'stdin holds no answers: it is empty' : `the file of answers ${file} is empty`, {
    code: 'config-empty',
    hint: `write answers into it, for example "layout: standard", or leave out --config ${path} to take the defaults`,
  });
}

async function readText(absolute: string, path: string): Promise<string> {
  try {
    return await readFile(absolute, 'utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw usageError(`cannot read the answers in ${path}`, {
      code: 'config-unreadable',
      why: [reasonOf(error)],
      hint: 'name a file with answers, or - for stdin',
    });
  }
}
