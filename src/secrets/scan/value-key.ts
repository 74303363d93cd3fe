import type { YamlPath } from '../../yaml/yaml-path.ts';
import { pathText } from '../format/format-error.ts';

/** A value's name for `secrets set FILE KEY`: in a Secret the key alone, elsewhere the whole path. */
export function keyOf(path: YamlPath): string {
  const [field, key, ...deeper] = path;
  const isSecretValue = (field === 'stringData' || field === 'data') && deeper.length === 0;
  return isSecretValue && typeof key === 'string' ? key : pathText(path);
}
