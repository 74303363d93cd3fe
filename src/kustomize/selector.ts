import { fieldOf, isJsonObject, type JsonObject, type JsonValue } from '../yaml/json-value.ts';
import { BuildFailure } from './build-failure.ts';
import { goRegExp } from './go-regexp.ts';
import { labelSelector } from './label-selector.ts';
import { effectiveNamespace, textOf } from './object-id.ts';
import { currentId, originalId, type Resource } from './resource.ts';

/** Objects that a patch or a replacement is for; what is absent or empty fits all. */
export interface Selector {
  group?: string;
  version?: string;
  kind?: string;
  name?: string;
  namespace?: string;
  labelSelector?: string;
  annotationSelector?: string;
}

/**
 * Whether an object is selected. Names and kinds are regular expressions for the whole text; name and namespace count
 * as they were in the beginning, too.
 *
 * @throws BuildFailure when an expression or a label selector cannot be read
 */
export function selection(selector: Selector): (resource: Resource) => boolean {
  const matches = {
    group: wholeMatch(selector.group),
    version: wholeMatch(selector.version),
    kind: wholeMatch(selector.kind),
    name: wholeMatch(selector.name),
    namespace: wholeMatch(selector.namespace),
  };
  const labels = labelSelector(selector.labelSelector ?? '');
  const annotations = labelSelector(selector.annotationSelector ?? '');
  return (resource) => {
    const now = currentId(resource);
    const once = originalId(resource);
    return (
      (matches.namespace(effectiveNamespace(once)) || matches.namespace(effectiveNamespace(now))) &&
      (matches.name(once.name) || matches.name(now.name)) &&
      matches.group(now.group) &&
      matches.version(now.version) &&
      matches.kind(now.kind) &&
      labels(textsOf(resource.value, 'labels')) &&
      annotations(textsOf(resource.value, 'annotations'))
    );
  };
}

function wholeMatch(pattern: string | undefined): (text: string) => boolean {
  if (!pattern) return () => true;
  const expression = goRegExp(`^(?:${pattern})$`);
  if (expression !== undefined) return (text) => expression.test(text);
  const hint = 'Write it in the syntax of https://github.com/google/re2/wiki/Syntax, for names rather plainly.';
  throw new BuildFailure('selector', `the regular expression ${pattern} cannot be read`, hint);
}

function textsOf(object: JsonObject, field: 'labels' | 'annotations'): ReadonlyMap<string, string> {
  const found: JsonValue | undefined = fieldOf(object.metadata, field);
  return new Map(isJsonObject(found) ? Object.entries(found).map(([name, value]) => [name, textOf(value)]) : []);
}
