import { stringify } from 'yaml';

/**
 * A value as block-style YAML, lists indented by two, with one trailing newline.
 * Text is quoted where a reader of YAML 1.1 (Kubernetes tools) or 1.2 could take it for something else.
 */
export function yamlBlock(value: unknown): string {
  return stringify(value, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
