import * as v from 'valibot';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { modelFaults } from './check-model.ts';
import { invalidModel, type ModelFault, throwFaults } from './fault.ts';
import { lostInput } from './lost-input.ts';
import { type Draft, draftSchema, type Model, modelSchema } from './model.ts';
import { unbuildableText } from './unbuildable-text.ts';
import { type PositionedYaml, parsePositioned, type YamlSource } from './yaml-source.ts';

/**
 * Reads a repository's `flux-repo.yaml`.
 * @throws ExpectedError (exit 2) with every fault and its position: syntax, unknown keys, values, contradictions
 */
export function readModel(source: YamlSource): Model {
  const yaml = parsed(source);
  if (yaml.value === null || yaml.value === undefined)
    throwFaults([{ rule: 'model/missing', path: [], message: 'is empty' }], source.file, yaml.placeOf);
  const model = validated(modelSchema, yaml.value, source.file, yaml);
  throwFaults(modelFaults(model), source.file, yaml.placeOf);
  return model;
}

/**
 * Reads answers from a `--config` file: a `flux-repo.yaml` without `id`, in which anything may be missing.
 * @throws ExpectedError (exit 2) as `readModel`; contradictions are found later, when the answers are complete
 */
export function readDraft(source: YamlSource): Draft {
  const yaml = parsed(source);
  return validated(draftSchema, yaml.value ?? {}, source.file, yaml);
}

/** Holds a value against a schema; every fault with its position where the value came from a file. */
export function validated<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  what: string,
  yaml?: PositionedYaml,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (!result.success) throwFaults(distinct(result.issues.map(faultOf)), what, yaml?.placeOf);
  throwFaults([...lostInput(value, result.output), ...unbuildableText(value)], what, yaml?.placeOf);
  return result.output;
}

function parsed(source: YamlSource): PositionedYaml {
  const yaml = parsePositioned(source);
  if (yaml.syntax.length > 0) throw invalidModel(yaml.syntax, source.file);
  refuseForeign(yaml, source.file);
  return yaml;
}

/** A file of a newer format, or one that names a repository's identity, says so before it is called wrong key by key. */
function refuseForeign(yaml: PositionedYaml, file: string): void {
  const version =
    typeof yaml.value === 'object' && yaml.value !== null && 'version' in yaml.value ? yaml.value.version : 1;
  if (typeof version !== 'number' || version <= 1) return;
  const fault: ModelFault = {
    rule: 'model/newer-version',
    path: ['version'],
    message: `format ${version} was written by a newer create-flux-repo; this one knows format 1`,
    hint: 'Use the newer version: npx create-flux-repo@latest',
  };
  throwFaults([fault], file, yaml.placeOf);
}

function faultOf(issue: v.BaseIssue<unknown>): ModelFault {
  const path: YamlPath = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  if (Array.isArray(issue.path?.at(-1)?.input) && issue.type === 'strict_object')
    return { rule: 'model/value', path: path.slice(0, -1), message: 'must be a map, not a list' };
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  return { rule: unknown ? 'model/unknown-key' : 'model/value', path, message: issue.message };
}

function distinct(faults: readonly ModelFault[]): ModelFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify([fault.path, fault.message]), fault])).values()];
}
