import { usageError } from '../../errors.ts';
import type { YamlSource } from '../../model/yaml-source.ts';
import { knownFields } from './config-fields.ts';
import { type ConfigReader, configReader } from './config-reader.ts';
import { readCreationRule } from './read-creation-rule.ts';
import type { SopsConfig } from './sops-config.ts';

/**
 * Reads `.sops.yaml` more strictly than SOPS, for which a mistyped `path_regex` makes a rule for all files. Rules for
 * publishing (`destination_rules`) are known and not read.
 *
 * @throws ExpectedError `sops-config` with every problem and its line and column
 */
export async function readSopsConfig(source: YamlSource): Promise<SopsConfig> {
  const reader = configReader(source);
  throwProblems(reader, source.file);
  const fields = reader.root === undefined ? new Map() : reader.fieldsOf(reader.root, knownFields.config, 'the file');
  const list: unknown = fields.get('creation_rules');
  const nodes = list === undefined ? [] : reader.itemsOf(list, 'creation_rules');
  const rules = await Promise.all(nodes.map((node) => readCreationRule(reader, node)));
  const indent = readIndent(reader, fields.get('stores'));
  throwProblems(reader, source.file);
  return { file: source.file, rules, indent };
}

function readIndent(reader: ConfigReader, stores: unknown): number | undefined {
  if (stores === undefined) return undefined;
  const yaml = reader.fieldsOf(stores, knownFields.stores, 'stores').get('yaml');
  if (yaml === undefined) return undefined;
  const indent = reader.fieldsOf(yaml, ['indent'], 'stores.yaml').get('indent');
  if (indent === undefined) return undefined;
  const number = Number(reader.textOf(indent, 'stores.yaml.indent'));
  if (!Number.isInteger(number) || number < 1 || number > 9)
    reader.complain(indent, 'stores.yaml.indent must be a number from 1 to 9');
  return number;
}

function throwProblems({ problems }: ConfigReader, file: string): void {
  if (problems.length === 0) return;
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  const hint = problems.find((problem) => problem.hint !== undefined)?.hint;
  throw usageError(`${file} cannot be used: ${count}`, {
    code: 'sops-config',
    hint: hint ?? 'Correct what is listed and run the command again.',
    problems,
  });
}
