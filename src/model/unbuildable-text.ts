import type { YamlPath } from '../yaml/yaml-path.ts';
import type { ModelFault } from './fault.ts';

/** YAML takes a key for one on its line up to 1024 characters: https://yaml.org/spec/1.2.2/#742-flow-mappings */
const longestKey = 1000;

/**
 * Text that does not come through kustomize v5.8, however it is quoted: it stops at an empty or a very long key and at
 * the control characters above ASCII, drops a key `<<`, and makes blanks of the line separators that JSON leaves bare.
 */
export function unbuildableText(value: unknown, path: YamlPath = []): ModelFault[] {
  if (typeof value === 'string') return characterFaults(path, value);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const isLong = key === '' || key.length > longestKey;
    if (isLong) return [{ rule: 'model/value' as const, path, message: `a key has 1 to ${longestKey} characters` }];
    if (key === '<<')
      return [{ rule: 'model/value' as const, path: at, message: 'tools take "<<" for a merge, not for a key' }];
    return [...characterFaults(at, key), ...unbuildableText(below, at)];
  });
}

function characterFaults(path: YamlPath, text: string): ModelFault[] {
  const [character] = /[\x7f-\x9f\u2028\u2029]/.exec(text) ?? [];
  if (character === undefined) return [];
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return [
    { rule: 'model/value', path, message: `holds U+${code}, an invisible character that kustomize does not keep` },
  ];
}
