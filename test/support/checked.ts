import type { CheckedRepository } from '../../src/check/checked-repository.ts';
import { readRepository } from '../../src/check/read-repository.ts';
import type { Rule } from '../../src/check/rule.ts';
import { rules } from '../../src/check/rules.ts';
import { type CheckedProblem, runRules } from '../../src/check/run-rules.ts';
import { overlayTree } from '../../src/tree/overlay-tree.ts';
import type { Tree } from '../../src/tree/tree.ts';

const emptyTree: Tree = { kindOf: () => undefined, read: () => undefined, list: () => [] };

type Files = Readonly<Record<string, string>> | ReadonlyMap<string, string>;

/** Files in memory, read as a repository. */
export function readFiles(files: Files): Promise<CheckedRepository> {
  const contents = files instanceof Map ? files : new Map(Object.entries(files));
  return readRepository(overlayTree(emptyTree, contents), [...contents.keys()]);
}

/** What is found in files in memory. */
export async function checkFiles(files: Files, wanted: readonly Rule[] = rules): Promise<CheckedProblem[]> {
  return runRules(await readFiles(files), wanted);
}

/** `severity rule file:line:column`, to compare. */
export function shown(problems: readonly CheckedProblem[]): string[] {
  return problems.map(({ severity, rule, file, line, column }) =>
    [`${severity} ${rule} ${file}`, line, column].filter((part) => part !== undefined).join(':'),
  );
}

/** A Flux Kustomization in `flux-system`. @param more lines of its spec */
export function kustomization(name: string, path: string, more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${more}`;
}

/** A ConfigMap. @param data lines `key: value` */
export function configMap(name: string, data: string, namespace = 'flux-system'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: ${namespace}
data:
  ${data.trim().replaceAll('\n', '\n  ')}
`;
}
