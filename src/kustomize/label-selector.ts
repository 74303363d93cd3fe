import { BuildFailure } from './build-failure.ts';

type Requirement = (labels: ReadonlyMap<string, string>) => boolean;

const setBased = /^([^\s=!,()<>]+)\s+(in|notin)\s*\(([^()]*)\)$/;
const equality = /^([^\s=!,()<>]+)\s*(==|=|!=|>|<)\s*([^\s=!,()<>]*)$/;
const existence = /^(!?)\s*([^\s=!,()<>]+)$/;

/**
 * A label selector as text: `app=web,tier!=cache,stage in (a, b),!canary`.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 *
 * @throws BuildFailure when it cannot be read
 */
export function labelSelector(text: string): Requirement {
  const requirements =
    text.trim() === '' ? [] : text.split(/,(?![^(]*\))/).map((part) => requirement(part.trim(), text));
  return (labels) => requirements.every((fits) => fits(labels));
}

function requirement(part: string, whole: string): Requirement {
  const [, setKey, word, list] = setBased.exec(part) ?? [];
  if (setKey !== undefined && list !== undefined) {
    const values = new Set(list.split(',').map((value) => value.trim()));
    if (word === 'in') return (labels) => values.has(labels.get(setKey) ?? '\0');
    return (labels) => !values.has(labels.get(setKey) ?? '\0');
  }
  const [, key, operator, value = ''] = equality.exec(part) ?? [];
  if (key !== undefined) return comparison(key, operator ?? '', value);
  const [, not, name] = existence.exec(part) ?? [];
  if (name !== undefined) return (labels) => labels.has(name) === (not === '');
  const hint = 'Write it as `app=web,tier!=cache,stage in (a, b)`.';
  throw new BuildFailure('selector', `the label selector ${whole} cannot be read`, hint);
}

function comparison(key: string, operator: string, value: string): Requirement {
  if (operator === '!=') return (labels) => labels.get(key) !== value;
  if (operator === '>') return (labels) => Number(labels.get(key)) > Number(value);
  if (operator === '<') return (labels) => Number(labels.get(key)) < Number(value);
  return (labels) => labels.get(key) === value;
}
