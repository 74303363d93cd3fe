import type { YAMLMap } from 'yaml';
import type { YamlSource } from '../../model/yaml-source.ts';
import type { Covers } from './encryption-rule.ts';
import { macOf, openTree } from './open-tree.ts';
import { blocksOf, scalarAt } from './read-metadata.ts';
import { readSopsYaml } from './read-sops-yaml.ts';
import { type RandomBytes, seal } from './seal.ts';
import { sealedScalar } from './seal-tree.ts';
import { type Edit, splice } from './splice.ts';

/** What the MAC of a file needs. */
export interface MacSealing {
  dataKey: Buffer;
  covers: Covers;
  macOnlyEncrypted: boolean;
  now: Date;
  random?: RandomBytes | undefined;
}

/**
 * Puts time and MAC into every `sops` block of a file whose values are all in their places. The text is read back for that,
 * so what could not be opened again is never handed out.
 *
 * @throws ExpectedError as `readSopsYaml` and `openTree`
 */
export function withMac(source: YamlSource, sealing: MacSealing): string {
  const yaml = readSopsYaml(source);
  const values = openTree(yaml, sealing.covers, sealing.dataKey);
  // SOPS parses the time, and writes it again without fractions, before it uses it.
  const lastModified = sealing.now.toISOString().replace(/\.\d+Z$/, 'Z');
  const text = macOf(values, sealing.macOnlyEncrypted);
  const mac = seal(text, 'str', lastModified, sealing.dataKey, sealing.random);
  const edits = blocksOf(yaml).flatMap((block) => [
    fieldEdit(block, 'lastmodified', `"${lastModified}"`),
    fieldEdit(block, 'mac', sealedScalar(mac, block.flow === true)),
  ]);
  return splice(source.text, edits);
}

function fieldEdit(block: YAMLMap, field: string, text: string): Edit {
  const range = scalarAt(block, field)?.range;
  if (!range) throw new Error(`a sops block without ${field}`);
  return { start: range[0], end: range[1], text };
}
