import type { YamlPath } from '../yaml/yaml-path.ts';
import type { ModelFault } from './fault.ts';
import type { Model } from './model.ts';
import { inOrder } from './units.ts';

/**
 * Variables that our own manifests use. Flux substitutes text, after all quoting is done, so a value of another shape
 * would change the document around it.
 */
const shapes: Record<string, { pattern: RegExp; shape: string }> = {
  domain: {
    pattern: /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/,
    shape: 'a domain',
  },
  gateway_name: { pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/, shape: 'the name of a Gateway' },
  gateway_namespace: { pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/, shape: 'a namespace' },
  acme_server: { pattern: /^https:\/\/[\w.-]+(:\d+)?(\/[\w./-]*)?$/, shape: 'an address that begins with https://' },
};

/** Every place where variables are set, from the most general to the most special. */
export function variablePlaces(model: Model): [YamlPath, Record<string, string> | undefined][] {
  return [
    [['variables'], model.variables],
    ...(['environments', 'clusters'] as const).flatMap((map) =>
      inOrder<{ variables?: Record<string, string> | undefined }>(model[map]).map(
        ([name, { variables }]): [YamlPath, typeof variables] => [[map, name, 'variables'], variables],
      ),
    ),
  ];
}

/** Values of variables that we use ourselves, and that would break what they are put into. */
export function* checkKnownVariables(model: Model): Generator<ModelFault> {
  for (const [path, variables] of variablePlaces(model))
    for (const [name, { pattern, shape }] of Object.entries(shapes)) {
      const value = variables !== undefined && Object.hasOwn(variables, name) ? variables[name] : undefined;
      if (value !== undefined && !pattern.test(value))
        yield { rule: 'model/value', path: [...path, name], message: `must be ${shape}: manifests use it as such` };
    }
}
