import { commentRuleKinds, defaultRule, type EncryptionRule, ruleKinds } from '../format/encryption-rule.ts';
import { compileGoRegExp, type GoRegExp } from '../format/go-regexp.ts';
import { foreignFields, knownFields } from './config-fields.ts';
import type { ConfigReader } from './config-reader.ts';
import { readRecipients } from './read-recipients.ts';
import type { CreationRule, RuleRecipient } from './sops-config.ts';

/** Reads one entry of `creation_rules`; what is wrong with it is noted in the reader. */
export async function readCreationRule(reader: ConfigReader, node: unknown): Promise<CreationRule> {
  const fields = reader.fieldsOf(node, knownFields.rule, 'a creation rule');
  const pathNode = fields.get('path_regex');
  const pathRegex = pathNode === undefined ? undefined : reader.textOf(pathNode, 'path_regex');
  const isFor = pathRegex === undefined ? () => true : await compiled(reader, pathNode, pathRegex, 'path_regex');
  const groups = readGroups(reader, fields);
  const recipients = groups.flatMap((group) => group.recipients);
  const foreign = groups.flatMap((group) => group.foreign);
  if (recipients.length + foreign.length === 0) reader.complain(node, 'the rule names nobody who could decrypt');
  return {
    ...reader.placeOf(node),
    pathRegex,
    isFor,
    recipients,
    foreign,
    encryption: await readEncryption(reader, fields),
    macOnlyEncrypted: readBoolean(reader, fields.get('mac_only_encrypted'), 'mac_only_encrypted'),
    keyGroups: groups.length,
  };
}

interface KeyGroup {
  recipients: RuleRecipient[];
  foreign: string[];
}

/** With `key_groups` SOPS takes no notice of the keys beside it. */
function readGroups(reader: ConfigReader, fields: ReadonlyMap<string, unknown>): KeyGroup[] {
  const list = fields.get('key_groups');
  if (list === undefined) return [keysOf(reader, fields)];
  const ignored = ['age', ...foreignFields].filter((field) => fields.has(field));
  if (ignored.length > 0)
    reader.complain(fields.get(ignored[0] ?? ''), `SOPS ignores ${ignored.join(', ')} beside key_groups`);
  return reader
    .itemsOf(list, 'key_groups')
    .map((group) => keysOf(reader, reader.fieldsOf(group, knownFields.group, 'a key group')));
}

function keysOf(reader: ConfigReader, fields: ReadonlyMap<string, unknown>): KeyGroup {
  const age = fields.get('age');
  return {
    recipients: age === undefined || age === null ? [] : readRecipients(reader, age),
    foreign: [...foreignFields, 'merge'].filter((field) => fields.has(field)),
  };
}

async function readEncryption(reader: ConfigReader, fields: ReadonlyMap<string, unknown>): Promise<EncryptionRule> {
  for (const kind of commentRuleKinds)
    if (fields.has(kind))
      reader.complain(
        fields.get(kind),
        `${kind} decides by comments; only sops can encrypt by it`,
        'Use encrypted_regex.',
      );
  const found = ruleKinds.filter((kind) => fields.has(kind));
  if (found.length > 1)
    reader.complain(fields.get(found[1] ?? ''), `a rule has one of ${found.join(', ')}, not several`);
  const [kind] = found;
  if (kind === undefined) return defaultRule;
  const pattern = reader.textOf(fields.get(kind), kind) ?? '';
  if (kind.endsWith('_regex')) await compiled(reader, fields.get(kind), pattern, kind);
  return { kind, pattern };
}

async function compiled(reader: ConfigReader, node: unknown, pattern: string, what: string): Promise<GoRegExp> {
  const expression = await compileGoRegExp(pattern);
  if (expression !== undefined) return expression;
  reader.complain(
    node,
    `${what} is no regular expression that Go understands`,
    'Look-ahead and back-references do not exist there: https://github.com/google/re2/wiki/Syntax',
  );
  return () => false;
}

function readBoolean(reader: ConfigReader, node: unknown, what: string): boolean {
  if (node === undefined) return false;
  const text = reader.textOf(node, what)?.toLowerCase();
  if (text !== undefined && text !== 'true' && text !== 'false') reader.complain(node, `${what} must be true or false`);
  return text === 'true';
}
