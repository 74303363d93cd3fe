import { buildProblems } from '../build-problems.ts';
import { wayBack } from '../generated-drift.ts';
import type { Rule, Severity } from '../rule.ts';

/** Words of `kustomize/<word>`: what happens, and what to do. */
const words: readonly [word: string, why: string, fix: string, severity?: Severity][] = [
  [
    'ambiguous-reference',
    'kustomize does not guess which of several objects a name means, and refuses to build.',
    'Give the objects different names.',
  ],
  ['cycle', 'Kustomizations that include each other cannot be built.', 'Remove one of the steps of the circle.'],
  ['empty', 'kustomize refuses a kustomization file that says nothing.', 'Write `resources: []`, or remove the file.'],
  [
    'generator',
    'A ConfigMap or Secret that cannot be generated makes the build fail.',
    'Correct the generator, or what it reads.',
  ],
  ['json-patch', 'A JSON patch that does not fit makes the build fail.', 'Correct its operations and paths.'],
  [
    'missing-file',
    'A file or folder that a kustomization names and that is not there makes the build fail: nothing of it is applied.',
    'Add it, or remove the line that names it.',
  ],
  [
    'missing-path',
    'Flux cannot build a folder that is not there: the Kustomization fails, and so do all that wait for it.',
    'Correct spec.path, add the folder, or remove the Kustomization.',
  ],
  ['no-kind', 'kustomize cannot tell what an object without a kind is.', 'Add apiVersion and kind.'],
  [
    'no-kustomization',
    'A folder without a kustomization file cannot be a resource of another one.',
    'Add a kustomization.yaml to it, or list its files.',
  ],
  ['no-name', 'An object without a name cannot be applied, and fails the build.', 'Add metadata.name.'],
  [
    'no-object',
    'A document that is no Kubernetes object makes the build fail.',
    'Write apiVersion, kind and metadata, or take the file out of the kustomization.',
  ],
  [
    'no-target',
    'A patch that names an object which is not there makes the build fail.',
    'Correct what it names, or remove the patch.',
  ],
  [
    'object-twice',
    'kustomize refuses to build one object twice; nothing of the Kustomization is applied.',
    'Remove one of the two, or give one another name.',
  ],
  ['outside', 'A build cannot reach files outside of the repository.', 'Move the file into the repository.'],
  ['patch', 'A patch that cannot be applied makes the build fail.', 'Correct the patch.'],
  [
    'patch-selects-nothing',
    'A patch without an object to change does nothing: what it is meant for stays as it was.',
    'Correct its target, or remove the patch.',
    'warning',
  ],
  ['replacement', 'A replacement that cannot be made fails the build.', 'Correct its source or its targets.'],
  ['selector', 'A selector that cannot be read fails the build.', 'Correct the expression.'],
  ['sort-order', 'kustomize refuses an order that it does not know.', 'Write fifo or legacy in sortOptions.order.'],
  ['too-deep', 'No parser follows a value that is nested thousands deep.', 'Make it flatter.'],
  ['too-large', 'A build with this many objects does not end.', 'Let fewer bases include each other.'],
  [
    'two-kustomizations',
    'kustomize refuses a folder with more than one kustomization file.',
    'Keep one of the two files.',
  ],
  [
    'unknown-field',
    'kustomize refuses a kustomization file with a field that it does not know.',
    'Correct the name of the field, or remove it.',
  ],
  ['unreadable', 'A file that cannot be read fails the build.', 'Make it a readable file, in UTF-8.'],
  ['wrong-kind', 'kustomize builds Kustomizations and Components only.', 'Correct kind and apiVersion.'],
  ['wrong-shape', 'kustomize cannot make sense of what stands there, and the build fails.', 'Correct the value.'],
  ['wrong-type', 'kustomize refuses a value of another type than it wants.', 'Correct the value.'],
  ['yaml', 'A file that is no valid YAML fails the build of all that includes it.', 'Correct the YAML.'],
];

/** What real `kustomize build` refuses, one rule for each word of src/kustomize. */
export const kustomizeBuild: readonly Rule[] = words.map(([word, why, fix, severity = 'error']) => ({
  id: `kustomize/${word}`,
  severity,
  why,
  fix,
  *find(repository) {
    for (const { rule, message, file, line, hint, hidden } of buildProblems(repository)) {
      if (rule !== `kustomize/${word}` || hidden !== undefined) continue;
      const [, missing] = /^(.+) does not exist$/.exec(message) ?? [];
      const advice = (missing === undefined ? undefined : wayBack(repository, missing)) ?? hint;
      yield {
        message,
        at: { file, ...(line !== undefined && { line }) },
        ...(advice !== undefined && { hint: advice }),
      };
    }
  },
}));
