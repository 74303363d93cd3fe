import { LineCounter } from 'yaml';
import type { YamlSource } from '../../model/yaml-source.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { coverageOf, type EncryptionRule } from './encryption-rule.ts';
import { ageEntries, blocksOf, readMetadata, recipientsHolder, scalarAt } from './read-metadata.ts';
import { readSopsYaml, type SopsYaml } from './read-sops-yaml.ts';
import { isSealedDataKey } from './sealed-data-key.ts';
import { looksSealed, parseSealed } from './sealed-text.ts';

/**
 * `encrypted`, or `plain` where the rule does not cover it; `empty` (null and "" are never encrypted). The others are
 * faults: `exposed` is plain text where the rule wants it encrypted, `damaged` is no whole `ENC[…]`.
 */
export type SealedState = 'encrypted' | 'plain' | 'empty' | 'exposed' | 'damaged';

/** Where something stands, line and column from 1. */
interface Position {
  /** Index of its document, from 0. */
  document: number;
  line: number;
  column: number;
}

/** What an encrypted file tells without any key. No value is in it. */
export interface Inspection {
  file: string;
  /** Public keys of age. */
  recipients: string[];
  /** Kinds of recipients other than age: `pgp`, `kms` … */
  foreignRecipients: string[];
  rule: EncryptionRule;
  macOnlyEncrypted: boolean;
  /** RFC 3339, to the second. */
  lastModified: string;
  /** The SOPS it says it was written by. */
  version: string | undefined;
  documents: number;
  /** Documents with contents and without a `sops` block of their own: Flux takes them for plain ones. */
  unmarked: Position[];
  values: (Position & { path: YamlPath; state: SealedState })[];
  comments: (Position & { state: SealedState })[];
  /** Parts of the `sops` block that nothing can be opened with any more, in words: `the mac`. */
  damaged: (Position & { what: string })[];
}

/**
 * Looks at an encrypted file without opening it.
 *
 * @throws ExpectedError as `readSopsYaml` and `readMetadata`: `sops-not-encrypted`, `sops-incomplete` …
 */
export async function inspectFile(source: YamlSource): Promise<Inspection> {
  const yaml = readSopsYaml(source);
  const { age, foreign, rule, macOnlyEncrypted, lastModified, version } = readMetadata(yaml);
  const covers = await coverageOf(rule, source.file);
  const positionOf = positions(source.text);
  return {
    file: source.file,
    recipients: age.map(({ recipient }) => recipient),
    foreignRecipients: foreign,
    rule,
    macOnlyEncrypted,
    lastModified,
    version,
    documents: yaml.documents.length,
    unmarked: yaml.documents.flatMap(({ root, block }, document) =>
      root === undefined || block !== undefined ? [] : [{ document, ...positionOf(root.range?.[0] ?? 0) }],
    ),
    values: yaml.documents.flatMap(({ leaves }, document) =>
      leaves.map(({ path, start, value }) => {
        const state = stateOf(value?.text ?? '', covers(path));
        return { document, ...positionOf(start), path, state };
      }),
    ),
    comments: yaml.documents.flatMap(({ comments }, document) =>
      comments.map(({ start, text, paths: [path] }) => {
        const state = stateOf(text, covers(path));
        return { document, ...positionOf(start), state };
      }),
    ),
    damaged: damagedParts(yaml).map(({ at, what }) => ({ document: 0, ...positionOf(at), what })),
  };
}

/** What is no whole `ENC[…]`, or no file of age with a data key in it. */
function damagedParts(yaml: SopsYaml): { at: number; what: string }[] {
  const [block] = blocksOf(yaml);
  if (block === undefined) return [];
  const mac = scalarAt(block, 'mac');
  const isWhole = parseSealed(typeof mac?.value === 'string' ? mac.value : '') !== undefined;
  const entries = ageEntries(recipientsHolder(yaml, block)).filter(({ enc }) => !isSealedDataKey(enc));
  return [
    ...(isWhole ? [] : [{ at: mac?.range?.[0] ?? 0, what: 'the mac' }]),
    ...entries.map(({ node, recipient }) => ({ at: node.range?.[0] ?? 0, what: `the data key for ${recipient}` })),
  ];
}

function stateOf(text: string, isCovered: boolean): SealedState {
  if (text === '') return 'empty';
  if (!looksSealed(text)) return isCovered ? 'exposed' : 'plain';
  return parseSealed(text) === undefined ? 'damaged' : 'encrypted';
}

function positions(text: string): (offset: number) => { line: number; column: number } {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}
