import type { YamlSource } from '../../model/yaml-source.ts';
import type { Secret } from '../secret.ts';
import { unwrapDataKey } from './data-key.ts';
import { type Covers, coverageOf } from './encryption-rule.ts';
import { type OpenValue, openTree, verifyMac } from './open-tree.ts';
import { type Metadata, readMetadata } from './read-metadata.ts';
import { readSopsYaml, type SopsYaml } from './read-sops-yaml.ts';

/** An encrypted file with its data key and values, MAC verified. */
export interface OpenFile {
  yaml: SopsYaml;
  metadata: Metadata;
  covers: Covers;
  values: OpenValue[];
  /** 32 bytes; gone (zeroed) when `withOpenFile` returns. */
  dataKey: Buffer;
}

/**
 * Opens an encrypted file, verifies it, and works on it; afterwards the data key is wiped.
 *
 * @throws ExpectedError as `readSopsYaml`, `readMetadata`, `unwrapDataKey`, `openTree` and `verifyMac`
 */
export async function withOpenFile<Result>(
  source: YamlSource,
  identities: readonly Secret[],
  work: (file: OpenFile) => Result | Promise<Result>,
): Promise<Result> {
  const yaml = readSopsYaml(source);
  const metadata = readMetadata(yaml);
  const covers = await coverageOf(metadata.rule, source.file);
  const dataKey = await unwrapDataKey(metadata.age, identities, source.file);
  try {
    const values = openTree(yaml, covers, dataKey);
    verifyMac(yaml, metadata, values, dataKey);
    return await work({ yaml, metadata, covers, values, dataKey });
  } finally {
    dataKey.fill(0);
  }
}
