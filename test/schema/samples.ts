import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Fields } from '../../src/schema/fields.ts';

const folder = join(import.meta.dirname, 'valid');

const samples = readdirSync(folder)
  .sort()
  .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
  .map((document) => document.toJS() as Fields);

/** The valid manifests of `valid/`, in the order of the files. */
export function validSamples(): readonly Fields[] {
  return samples;
}

/** `HelmRelease/podinfo`. */
export function titleOf(sample: Fields): string {
  const metadata = sample.metadata as { name?: string } | undefined;
  return `${String(sample.kind)}/${metadata?.name ?? ''}`;
}

/** A fresh copy of the sample of that title. */
export function sampleOf(title: string): Record<string, unknown> {
  const sample = validSamples().find((candidate) => titleOf(candidate) === title);
  if (!sample) throw new Error(`no sample ${title}`);
  return structuredClone(sample);
}

/**
 * A copy of a sample with one value set, or removed when it is undefined.
 *
 * @param path `spec.postRenderers.0.kustomize`
 */
export function changed(title: string, path: string, value: unknown): Record<string, unknown> {
  const sample = sampleOf(title);
  const steps = path.split('.');
  let target: Record<string, unknown> = sample;
  for (const step of steps.slice(0, -1)) {
    target[step] ??= {};
    target = target[step] as Record<string, unknown>;
  }
  const last = steps.at(-1) ?? '';
  if (value === undefined) delete target[last];
  else target[last] = value;
  return sample;
}
