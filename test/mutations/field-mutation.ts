import { isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Dice } from '../kustomize/rolls.ts';
import type { Action } from './mutation.ts';

/** A place in a document: an entry of a map or an item of a list. */
export interface Site {
  parent: YAMLMap<unknown, unknown> | YAMLSeq<unknown>;
  /** Of the entry or item in its parent. */
  index: number;
  /** `spec.dependsOn.0.name`. */
  name: string;
}

/** Every entry and item, at any depth. */
export function sitesIn(node: unknown, name = ''): Site[] {
  if (!isMap(node) && !isSeq(node)) return [];
  return node.items.flatMap((item, index) => {
    const step = isPair(item) ? String(item.key) : String(index);
    const own = name === '' ? step : `${name}.${step}`;
    const below = isPair(item) ? item.value : item;
    return [{ parent: node, index, name: own }, ...sitesIn(below, own)];
  });
}

function valueAtSite({ parent, index }: Site): unknown {
  const item: unknown = parent.items[index];
  return isPair(item) ? item.value : item;
}

/** The text that stands there; undefined for anything else. */
export function textAtSite(site: Site): string | undefined {
  const value = valueAtSite(site);
  return isScalar(value) && typeof value.value === 'string' ? value.value : undefined;
}

export function setAtSite(site: Site, value: unknown, document: { createNode(value: unknown): Node }): void {
  const item: unknown = site.parent.items[site.index];
  if (isPair(item)) item.value = document.createNode(value);
  else site.parent.items[site.index] = document.createNode(value) as never;
}

/** Changes one place of a document. @returns false where there is nothing to change in this way */
export function mutateSite(
  sites: readonly Site[],
  site: Site,
  action: Action,
  document: { createNode(value: unknown): Node },
  dice: Dice,
): boolean {
  const { parent, index } = site;
  const item: unknown = parent.items[index];
  switch (action) {
    case 'delete':
      parent.items.splice(index, 1);
      return true;
    case 'rename':
      if (!isPair(item) || !isScalar(item.key)) return false;
      item.key.value = typo(String(item.key.value), dice);
      return true;
    case 'retype':
      setAtSite(site, stranger(valueAtSite(site), dice), document);
      return true;
    case 'duplicate':
      parent.items.splice(index, 0, clone(item) as never);
      return true;
    case 'move': {
      const targets = sites.filter(
        (each) => isPair(item) && isMap(valueAtSite(each)) && valueAtSite(each) !== parent && each !== site,
      );
      const outside = targets.filter((each) => !each.name.startsWith(site.name));
      if (outside.length === 0) return false;
      const target = valueAtSite(dice.pick(outside));
      if (!isMap(target) || !isPair(item)) return false;
      parent.items.splice(index, 1);
      target.items.push(item);
      return true;
    }
  }
}

function clone(item: unknown): unknown {
  return isPair(item) || isMap(item) || isSeq(item) || isScalar(item)
    ? (item as Pair | YAMLMap | YAMLSeq).clone()
    : item;
}

/** What fingers make of a word. */
export function typo(word: string, dice: Dice): string {
  const at = dice.below(Math.max(1, word.length));
  return dice.pick([`${word}s`, word.slice(0, -1), `${word.slice(0, at)}x${word.slice(at)}`]);
}

/** A value of another type. */
function stranger(node: unknown, dice: Dice): unknown {
  if (isMap(node)) return dice.pick<unknown>(['text', [], 1]);
  if (isSeq(node)) return dice.pick<unknown>(['text', { key: 'value' }, true]);
  const value = isScalar(node) ? node.value : undefined;
  if (typeof value === 'string') return dice.pick<unknown>([7, true, [value], { name: value }, null]);
  return dice.pick<unknown>([String(value), [value], { value }]);
}
