import { isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml';
import { goTimestamp } from '../../yaml/go-timestamp.ts';
import type { AgeEntry } from './data-key.ts';
import { commentRuleKinds, defaultRule, type EncryptionRule, ruleKinds } from './encryption-rule.ts';
import { formatError } from './format-error.ts';
import type { SopsYaml } from './read-sops-yaml.ts';
import { looksSealed } from './sealed-text.ts';

/** What the `sops` block of a file says. */
export interface Metadata {
  age: AgeEntry[];
  /** Kinds of other recipients in it (`pgp`, `kms` …): kept, and in the way of a new data key. */
  foreign: string[];
  /** As Go writes it again after reading it: the MAC is bound to that. */
  lastModified: string;
  mac: string;
  rule: EncryptionRule;
  macOnlyEncrypted: boolean;
  version: string | undefined;
}

const foreignKinds = ['kms', 'gcp_kms', 'hckms', 'azure_kv', 'hc_vault', 'pgp'];

/**
 * Reads the `sops` block of the first document, which is the one that counts for SOPS.
 *
 * @throws ExpectedError `sops-not-encrypted`, `sops-incomplete`, `sops-unsupported`
 */
export function readMetadata(yaml: SopsYaml): Metadata {
  const block = firstBlock(yaml);
  const fail = failing(yaml, block.range?.[0]);
  const mac = textAt(block, 'mac');
  const written = textAt(block, 'lastmodified');
  if (mac === undefined || written === undefined)
    throw fail(
      'sops-incomplete',
      `has an incomplete sops block: ${mac === undefined ? 'mac' : 'lastmodified'} is missing`,
    );
  const lastModified = goTimestamp(written);
  if (lastModified === undefined || lastModified === 'invalid')
    throw fail('sops-incomplete', 'has a sops block whose lastmodified is no time (2026-11-22T17:51:39Z)');
  const holder = recipientsHolder(yaml, block);
  const age = ageEntries(holder).map(({ recipient, enc }) => ({ recipient, enc }));
  const foreign = foreignKinds.filter((kind) => isFilled(holder.get(kind)));
  if (age.length + foreign.length === 0) throw fail('sops-incomplete', 'has a sops block without any recipient');
  return {
    age,
    foreign,
    lastModified: lastModified.replace(/\.\d+/, ''),
    mac,
    rule: ruleOf(block, fail),
    macOnlyEncrypted: textAt(block, 'mac_only_encrypted') === 'true',
    version: textAt(block, 'version'),
  };
}

/** The `sops` block of each document that has one. */
export function blocksOf(yaml: SopsYaml): YAMLMap[] {
  return yaml.documents.flatMap(({ block }) => (isMap(block) ? [block] : []));
}

/** The `age` list's entries, with where they stand. */
export function ageEntries(holder: YAMLMap): (AgeEntry & { node: YAMLMap })[] {
  const list = holder.get('age');
  if (!isSeq(list)) return [];
  return list.items.flatMap((node) => {
    if (!isMap(node)) return [];
    const [recipient, enc] = [textAt(node, 'recipient'), textAt(node, 'enc')];
    return recipient === undefined || enc === undefined ? [] : [{ recipient, enc, node }];
  });
}

/** The map with the lists of recipients: the block, or its only key group. */
export function recipientsHolder(yaml: SopsYaml, block: YAMLMap): YAMLMap {
  const groups: unknown = block.get('key_groups');
  const fail = failing(yaml, block.range?.[0]);
  const threshold = Number(textAt(block, 'shamir_threshold') ?? 0);
  if ((isSeq(groups) && groups.items.length > 1) || threshold > 1)
    throw fail(
      'sops-unsupported',
      'splits its data key over several key groups (Shamir), which we cannot put together',
      'Use sops for this file, or encrypt it anew for one group.',
    );
  const only = isSeq(groups) ? groups.items[0] : undefined;
  return isMap(only) ? only : block;
}

/** The scalar at a key of a map, with its place. */
export function scalarAt(map: YAMLMap, key: string): Scalar | undefined {
  const node: unknown = map.get(key, true);
  return isScalar(node) ? node : undefined;
}

function firstBlock(yaml: SopsYaml): YAMLMap {
  const [first, ...others] = yaml.documents;
  const fail = failing(yaml);
  if (isMap(first?.block)) {
    const blocks = blocksOf(yaml).map((block) => JSON.stringify(block));
    if (blocks.every((block) => block === blocks[0])) return first.block;
    throw fail('sops-incomplete', 'has different sops blocks in its documents; Flux reads each, SOPS the first only');
  }
  if (first?.block !== undefined) throw fail('sops-incomplete', 'has a sops block that is not a map');
  if (others.some(({ block }) => block !== undefined))
    throw fail('sops-incomplete', 'has a sops block, but not in its first document, where SOPS reads it');
  if (yaml.documents.some(({ leaves }) => leaves.some(({ value }) => looksSealed(value?.text ?? ''))))
    throw fail('sops-incomplete', 'has encrypted values but no sops block: its end is cut off');
  throw formatError(yaml.file, yaml.text, {
    code: 'sops-not-encrypted',
    what: 'is not encrypted: it has no sops block',
    hint: 'If it holds secrets, encrypt it and change them; they may be in the git history already.',
  });
}

function ruleOf(block: YAMLMap, fail: ReturnType<typeof failing>): EncryptionRule {
  const commentRule = commentRuleKinds.find((kind) => textAt(block, kind));
  if (commentRule !== undefined)
    throw fail(
      'sops-unsupported',
      `says by ${commentRule} what is encrypted; we decide by keys only`,
      'Use sops for this file, or encrypt it anew with encrypted_regex.',
    );
  const rules = ruleKinds.flatMap((kind) => {
    const pattern = textAt(block, kind);
    return pattern ? [{ kind, pattern }] : [];
  });
  if (rules.length > 1)
    throw fail('sops-incomplete', `has two rules in its sops block: ${rules.map(({ kind }) => kind).join(', ')}`);
  return rules[0] ?? defaultRule;
}

function isFilled(node: unknown): boolean {
  return (isSeq(node) || isMap(node)) && node.items.length > 0;
}

function textAt(map: YAMLMap, key: string): string | undefined {
  const value = scalarAt(map, key)?.value;
  return typeof value === 'string' ? value : undefined;
}

function failing({ file, text }: SopsYaml, at?: number) {
  return (code: string, what: string, hint = 'Restore the file from git.') =>
    formatError(file, text, { code, what, hint, ...(at === undefined ? {} : { at }) });
}
