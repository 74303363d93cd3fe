import type { Model } from '../model/model.ts';
import { mapOfKind } from '../model/units.ts';
import { parsePositioned } from '../model/yaml-source.ts';
import type { Problem } from '../problem.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { modelPath } from './target-folder.ts';

/**
 * Where the model's file says something: `flux-repo.yaml:14:3`; where it does not, its nearest parent.
 *
 * @param text of the file
 */
export function placeInModel(text: string, path: YamlPath): string {
  const { file, line, column } = parsePositioned({ text, file: modelPath }).placeOf(path);
  return [file, line, column].join(':');
}

/** Where the units stand that problems name, each once: `flux-repo.yaml:14:3 has app web`. */
export function namedInModel(problems: readonly Problem[], model: Model, text: string): string[] {
  const named = problems.flatMap(({ message }) => [
    ...[...message.matchAll(/\b(app|component|team|cluster) "([^"]+)"/g)].map(([, kind, name]) => [kind, name]),
    ...[...message.matchAll(/^(app|component|team|cluster)s\.([^.:]+)/g)].map(([, kind, name]) => [kind, name]),
  ]);
  const lines = named.flatMap(([word, name = '']) => {
    const kind = (['app', 'component', 'team', 'cluster'] as const).find((each) => each === word);
    if (kind === undefined || !Object.hasOwn(model[mapOfKind(kind)], name)) return [];
    return [`${placeInModel(text, [mapOfKind(kind), name])} has ${kind} ${name}`];
  });
  return [...new Set(lines)];
}
