import { ExpectedError } from '../errors.ts';
import type { Problem } from '../problem.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { Place } from './yaml-source.ts';

/** Something wrong at one place of a model, before it is known which file and line that is. */
export interface ModelFault {
  rule: `model/${string}`;
  path: YamlPath;
  message: string;
  hint?: string;
}

/** Gives faults their positions and throws them all at once; does nothing when there are none. */
export function throwFaults(faults: readonly ModelFault[], what: string, placeOf?: (path: YamlPath) => Place): void {
  if (faults.length === 0) return;
  const problems = faults.map((fault): Problem => {
    const place = placeOf?.(fault.path) ?? {};
    const hint = fault.hint === undefined ? {} : { hint: fault.hint };
    return {
      rule: fault.rule,
      severity: 'error',
      message: `${pathText(fault.path)}: ${fault.message}`,
      ...place,
      ...hint,
    };
  });
  throw invalidModel(problems, what);
}

/** @param what the thing that is wrong, for example `flux-repo.yaml` or `the answers` */
export function invalidModel(problems: readonly Problem[], what: string): ExpectedError {
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new ExpectedError({
    code: 'invalid-model',
    exitCode: 2,
    message: `${what} cannot be used: ${count}`,
    problems,
    hint:
      problems.find((problem) => problem.hint !== undefined)?.hint ??
      'Correct what is listed and run the command again.',
  });
}

/** `clusters.production.environment`; list items as `dependsOn[0]`. */
function pathText(path: YamlPath): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}
