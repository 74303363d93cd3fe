import fc from 'fast-check';
import { Document, isMap, isScalar, isSeq, type Node, visit } from 'yaml';
import { yamlBlock } from '../../../src/yaml/yaml-block.ts';

type Json = unknown;
type JsonMap = Record<string, Json>;

/** The way to a value: map keys, and list items by what identifies them. */
export type Way = readonly (string | { id: string })[];

/** A change of a value at a place. Knows nothing of merging: two edits of different places are done one after the other. */
export type Edit = { way: Way; to: Json } | { way: Way; gone: true };

const names = ['app', 'side', 'log', 'db'];

/** Two objects as a model would have them, with every kind of thing below. */
export const anyObjects = fc
  .record({
    containers: fc.subarray(names, { minLength: 1 }),
    labels: fc.subarray(['tier', 'team', 'zone'], { minLength: 1 }),
    args: fc.array(fc.constantFrom('--one', '--two', '--three'), { maxLength: 3 }),
    resources: fc.subarray(['a.yaml', 'b.yaml', '../base', 'c'], { minLength: 1 }),
    script: fc.constantFrom('one\ntwo\n', 'plain', 'one: two # three', 'a\n\n  b\nc'),
  })
  .map(({ containers, labels, args, resources, script }): Json[] => [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', labels: Object.fromEntries(labels.map((label) => [label, 'x'])) },
      spec: {
        replicas: 2,
        template: {
          spec: {
            containers: containers.map((name, index) => ({
              name,
              image: `${name}:1.${index}`,
              args,
              env: [
                { name: 'ONE', value: '1' },
                { name: 'SCRIPT', value: script },
              ],
              resources: { requests: { cpu: '100m', memory: '1Gi' } },
            })),
          },
        },
      },
    },
    { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources, namespace: 'web' },
  ]);

export function textOf(objects: readonly Json[]): string {
  return objects.map(yamlBlock).join('---\n');
}

/** Whether an edit there takes nothing away but a scalar. */
export function isLeaf(objects: readonly Json[], way: Way): boolean {
  let value: Json = objects;
  for (const step of way)
    value =
      typeof step === 'string' ? (value as JsonMap)[step] : (value as Json[]).find((item) => idOf(item) === step.id);
  return typeof way.at(-1) !== 'string' || typeof value !== 'object';
}

/** Everything in the objects that an edit can be about, and one new thing per map and list. */
export function placesIn(objects: readonly Json[]): Way[] {
  return objects.flatMap((value, index) => placesBelow(value, [String(index)]));
}

function placesBelow(value: Json, way: Way): Way[] {
  if (Array.isArray(value) && isIdentified(way))
    return [
      ...value.flatMap((item) => [[...way, { id: idOf(item) }], ...placesBelow(item, [...way, { id: idOf(item) }])]),
      [...way, { id: 'added-1' }],
      [...way, { id: 'added-2' }],
    ];
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return [];
  const keys = Object.keys(value).filter((key) => !['apiVersion', 'kind', 'name', 'metadata'].includes(key));
  return [
    ...keys.flatMap((key) => [[...way, key], ...placesBelow((value as JsonMap)[key], [...way, key])]),
    ...(Object.hasOwn(value, 'name') && way.length > 2 ? [] : [[...way, 'added']]),
  ];
}

function isIdentified(way: Way): boolean {
  return ['containers', 'env', 'resources'].includes(String(way.at(-1)));
}

function idOf(item: Json): string {
  return typeof item === 'string' ? item : String((item as JsonMap).name);
}

/** No place is inside another. */
export function areApart(one: Way, other: Way): boolean {
  const length = Math.min(one.length, other.length);
  return one.slice(0, length).some((step, index) => JSON.stringify(step) !== JSON.stringify(other[index]));
}

export function applyEdits(objects: readonly Json[], edits: readonly Edit[]): Json[] {
  const copy = structuredClone(objects) as Json[];
  for (const edit of edits) applyOne(copy, edit);
  return copy;
}

function applyOne(objects: Json[], edit: Edit): void {
  const last = edit.way.at(-1);
  let parent: Json = objects;
  for (const step of edit.way.slice(0, -1))
    parent =
      typeof step === 'string' ? (parent as JsonMap)[step] : (parent as Json[]).find((item) => idOf(item) === step.id);
  if (typeof last === 'string') {
    if ('gone' in edit) delete (parent as JsonMap)[last];
    else (parent as JsonMap)[last] = edit.to;
    return;
  }
  const list = parent as Json[];
  const index = list.findIndex((item) => idOf(item) === last?.id);
  if ('gone' in edit) {
    if (index >= 0) list.splice(index, 1);
    return;
  }
  const isText = edit.way.at(-2) === 'resources';
  const item = isText ? String(last?.id) : { name: last?.id, value: edit.to };
  if (index < 0) list.push(item);
  else if (!isText) (list[index] as JsonMap).value = edit.to;
}

/** Lists whose order says nothing, in one order. */
export function unordered(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(unordered);
    const isNamed = items.every((item) => typeof item === 'object' && item !== null && Object.hasOwn(item, 'name'));
    const isSet = items.some((item) => typeof item === 'string' && !item.startsWith('--'));
    return isNamed || isSet ? items.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unordered(part)]));
}

/** How somebody writes by hand. */
export interface Hand {
  /** Decides for each node; endless. */
  dice: readonly number[];
  indent: 2 | 4;
  indentSeq: boolean;
  shuffled: boolean;
  crlf: boolean;
  mark: boolean;
  anchors: boolean;
}

export const anyHand: fc.Arbitrary<Hand> = fc.record({
  dice: fc.array(fc.nat(99), { minLength: 7, maxLength: 23 }),
  indent: fc.constantFrom(2 as const, 4 as const),
  indentSeq: fc.boolean(),
  shuffled: fc.boolean(),
  crlf: fc.boolean(),
  mark: fc.boolean(),
  anchors: fc.boolean(),
});

/** The objects written by hand: other quotes, brackets, indents, order of keys, comments, anchors, line endings. */
export function written(objects: readonly Json[], hand: Hand): { text: string; comments: number } {
  let thrown = 0;
  let comments = 0;
  const roll = () => hand.dice[thrown++ % hand.dice.length] ?? 0;
  const texts = objects.map((value) => {
    // Without it every value stands for itself; with it equal lists are written once and repeated by an alias.
    const document = new Document(value, { aliasDuplicateObjects: hand.anchors });
    visit(document, {
      Node(key, node) {
        restyle(node, key === 'key', roll);
        if (roll() < 12 && key !== null && isBlock(node, key)) node.commentBefore = ` note ${++comments}`;
      },
      Map(_, map) {
        if (hand.shuffled && !hand.anchors) map.items.sort(() => roll() - 50);
      },
    });
    return document.toString({ indent: hand.indent, indentSeq: hand.indentSeq, lineWidth: 0 });
  });
  const text = texts.join('---\n');
  const ended = hand.crlf ? text.replaceAll('\n', '\r\n') : text;
  return { text: (hand.mark ? '\uFEFF' : '') + ended, comments: (text.match(/# note \d+$/gm) ?? []).length };
}

function isBlock(node: Node, key: unknown): boolean {
  return key === 'key' || isScalar(node);
}

function restyle(node: Node, isKey: boolean, roll: () => number): void {
  if ((isMap(node) || isSeq(node)) && roll() < 10) node.flow = true;
  if (!isScalar(node) || typeof node.value !== 'string' || isKey) return;
  const dice = roll();
  if (dice < 15) node.type = 'QUOTE_DOUBLE';
  else if (dice < 30 && !node.value.includes('\n')) node.type = 'QUOTE_SINGLE';
}
