import { nearest } from '../../nearest.ts';
import type { CheckedRepository } from '../checked-repository.ts';
import { fluxGroups, objectsOf } from '../cluster-index.ts';
import type { Finding, Rule } from '../rule.ts';

export const imagesMarker: Rule = {
  id: 'images/marker',
  severity: 'warning',
  why: 'Image automation passes over a marker that it cannot read or whose policy does not exist: the image stays old.',
  fix: 'Write it as # {"$imagepolicy": "namespace:policy"}, with :tag, :name or :digest for a part of the image.',
  *find(repository): Generator<Finding> {
    const marked = [...repository.files.values()].filter(({ text }) => text.includes('$imagepolicy'));
    const policies = marked.length === 0 ? new Set<string>() : policiesOf(repository);
    for (const { path, text } of marked)
      for (const [row, line] of text.split('\n').entries()) {
        const at = line.lastIndexOf('#', line.indexOf('$imagepolicy'));
        // a line of its own is a remark, not the mark of a value
        if (!line.includes('$imagepolicy') || line.slice(0, Math.max(0, at)).trim() === '') continue;
        const fault = faultOf(line.slice(at + 1), policies);
        if (fault !== undefined) yield { ...fault, at: { file: path, line: row + 1, column: at + 1 } };
      }
  },
};

/** `namespace:policy` of all clusters. */
function policiesOf({ clusters }: CheckedRepository): Set<string> {
  const found = clusters.flatMap((cluster) => objectsOf(cluster, fluxGroups.image, 'ImagePolicy'));
  return new Set(found.map(({ namespace, name }) => `${namespace}:${name}`));
}

/**
 * https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources
 * @param comment without its `#`
 */
function faultOf(
  comment: string,
  policies: ReadonlySet<string>,
): Pick<Finding, 'message' | 'hint' | 'key'> | undefined {
  const told = policyIn(comment.trim());
  if (told === undefined)
    return { message: `this image marker cannot be read: ${comment.trim()}`, key: comment.trim() };
  const [, policy, part] = /^([^:]+:[^:]+?)(?::([^:]*))?$/.exec(told) ?? [];
  if (policy === undefined)
    return { message: `the image marker names ${JSON.stringify(told)}, not namespace:policy`, key: told };
  if (part !== undefined && !['tag', 'name', 'digest'].includes(part))
    return { message: `the image marker ends in :${part}; it knows :tag, :name and :digest`, key: told };
  if (policies.has(policy)) return undefined;
  const likely = nearest(policy, policies);
  return {
    message: `the image marker names the ImagePolicy ${policy}, which no cluster has`,
    key: told,
    hint: likely === undefined ? 'Add the ImagePolicy, or remove the marker.' : `Did you mean ${likely}?`,
  };
}

function policyIn(comment: string): string | undefined {
  try {
    const marker: unknown = JSON.parse(comment);
    const entries = typeof marker === 'object' && marker !== null ? Object.entries(marker) : [];
    const [, policy] = entries.find(([key]) => key === '$imagepolicy') ?? [];
    return typeof policy === 'string' ? policy : undefined;
  } catch {
    return undefined;
  }
}
