import { isUtf8 } from 'node:buffer';
import { type JsonObject, setField } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import type { Building } from '../building.ts';
import type { GeneratorEntry } from '../loading/kustomization.ts';
import type { KustomizationFile } from '../loading/kustomization-file.ts';
import { localFile } from '../loading/local-file.ts';
import { missing, readContents } from '../loading/read-text.ts';
import { envLines, fileSource, literal } from './sources.ts';

/** Characters of base64 in a line; kustomize breaks longer Secret values. */
const base64Line = 70;

/** `data`, and `binaryData` for what is no text, from the sources of a generator. */
export function dataOf(
  building: Building,
  kustomization: KustomizationFile,
  entry: GeneratorEntry,
  isSecret: boolean,
): JsonObject {
  const read = (path: string): Uint8Array => {
    const contents = readContents(building.tree, localFile(building, kustomization, path));
    if (contents === undefined) throw missing(path);
    return typeof contents === 'string' ? Buffer.from(contents) : contents;
  };
  const values = new Map<string, Uint8Array>();
  const put = (key: string, value: Uint8Array) => {
    if (values.has(key))
      throw new BuildFailure('generator', `the key ${key} is there twice`, 'Remove one of its sources.');
    values.set(key, value);
  };
  for (const path of [...(entry.envs ?? []), ...(entry.env ? [entry.env] : [])])
    for (const [key, value] of envLines(read(path), path)) put(key, Buffer.from(value));
  for (const text of entry.files ?? []) {
    const { key, path } = fileSource(text);
    put(key, read(path));
  }
  for (const text of entry.literals ?? []) {
    const [key, value] = literal(text);
    put(key, Buffer.from(value));
  }
  return isSecret ? secretData(values) : configMapData(values);
}

function secretData(values: ReadonlyMap<string, Uint8Array>): JsonObject {
  const data: JsonObject = {};
  for (const [key, value] of values) setField(data, key, brokenBase64(value));
  return { data };
}

function configMapData(values: ReadonlyMap<string, Uint8Array>): JsonObject {
  const data: JsonObject = {};
  const binaryData: JsonObject = {};
  for (const [key, value] of values)
    if (isUtf8(value)) setField(data, key, Buffer.from(value).toString('utf8'));
    else setField(binaryData, key, brokenBase64(value));
  return {
    ...(Object.keys(data).length > 0 ? { data } : {}),
    ...(Object.keys(binaryData).length > 0 ? { binaryData } : {}),
  };
}

function brokenBase64(value: Uint8Array): string {
  const text = Buffer.from(value).toString('base64');
  if (text.length <= base64Line) return text;
  return (text.match(new RegExp(`.{1,${base64Line}}`, 'g')) ?? []).map((line) => `${line}\n`).join('');
}
