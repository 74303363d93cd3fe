import { describe, expect, test } from 'vitest';
import { generateUnits } from '../../src/generators/generate-units.ts';
import { completeModel } from '../support/complete-model.ts';
import {
  misplacedSecrets,
  prunedCrds,
  prunedNamespaces,
  shortTimeouts,
  unmadeSecrets,
  unsetVariables,
  wrongKustomizations,
  wrongReleases,
} from '../support/flux-rule-checks.ts';
import { draftMatrix } from '../support/model-matrix.ts';
import { circles, danglingFiles, danglingReferences, orphans, ownedTwice } from '../support/reference-checks.ts';
import { type RepositoryTree, repositoryTree, toolVersion } from '../support/repository-tree.ts';
import { invalidObjects } from '../support/schema-checks.ts';
import { ambiguousYaml, quotedDurations, untidyText, unusualStyle } from '../support/text-checks.ts';
import { shuffledKeys } from './shuffled-keys.ts';

const models = draftMatrix().map((draft) => completeModel(draft));
const trees = models.map((model) => repositoryTree(model));

/** The findings in all repositories, each once: one fault of a template shows in most of them. */
function findings(check: (tree: RepositoryTree) => string[]): string[] {
  return [...new Set(trees.flatMap(check))];
}

test('there are enough different repositories to believe the rest', () => {
  expect(trees.length).toBeGreaterThanOrEqual(60);
  expect(new Set(trees.map((tree) => JSON.stringify([...tree]))).size).toBe(trees.length);
});

describe('in every repository of the matrix', () => {
  test.for([
    ['every text is tidy', untidyText],
    ['durations are plain', quotedDurations],
    ['every YAML reader sees the same', ambiguousYaml],
    ['YAML is in block style, lists indented by two', unusualStyle],
    ['every object is valid for Flux and Kubernetes', invalidObjects],
    ['every file that is referred to is there', danglingFiles],
    ['every file is reached from some cluster', orphans],
    ['no object is applied twice', ownedTwice],
    ['every reference leads to an object', danglingReferences],
    ['nothing waits for itself', circles],
    ['Kustomizations follow the rules of parents and children', wrongKustomizations],
    ['Secrets come where and when they are needed', misplacedSecrets],
    ['what a controller makes Secrets of comes after the controller', unmadeSecrets],
    ['CRDs are never pruned', prunedCrds],
    ['namespaces are never pruned', prunedNamespaces],
    ['releases run with an account of their namespace', wrongReleases],
    ['the infrastructure waits as long as its longest chain takes', shortTimeouts],
    ['no variable is missing', unsetVariables],
  ] as const)('%s', ([, check]) => {
    expect(findings(check)).toEqual([]);
  });

  test('the order in which a model names things changes no byte', () => {
    for (const model of models)
      expect(generateUnits(shuffledKeys(model), { toolVersion })).toEqual(generateUnits(model, { toolVersion }));
  });
});
