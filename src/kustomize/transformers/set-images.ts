import { fieldOf, isJsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { changeFields } from '../field-specs/field-spec.ts';
import { imageFields } from '../field-specs/other-fields.ts';
import { goRegExp } from '../go-regexp.ts';
import type { ImageEntry } from '../loading/kustomization.ts';
import { textOf } from '../object-id.ts';
import type { Transformer } from './transformer.ts';

export const setImages: Transformer = (_building, { spec }, map) => {
  for (const entry of spec.images ?? []) {
    const change = (image: JsonValue | undefined) =>
      image === undefined || image === null ? undefined : changedImage(image, entry);
    for (const { value } of map.resources) {
      if (value.kind === 'CustomResourceDefinition') continue;
      changeInContainers(value, change);
      for (const field of imageFields) changeFields(value, { ...field, create: false }, change);
    }
  }
};

type Change = (image: JsonValue | undefined) => JsonValue | undefined;

/** Custom resources keep containers in places of their own: any `containers` or `initContainers`. */
function changeInContainers(node: JsonValue, change: Change): void {
  if (Array.isArray(node)) for (const item of node) changeInContainers(item, change);
  if (!isJsonObject(node)) return;
  for (const [name, below] of Object.entries(node)) {
    if ((name === 'containers' || name === 'initContainers') && Array.isArray(below))
      for (const container of below) {
        const image = change(fieldOf(container, 'image'));
        if (image !== undefined && isJsonObject(container)) container.image = image;
      }
    changeInContainers(below, change);
  }
}

/** @returns undefined when the image is another one */
function changedImage(image: JsonValue, entry: ImageEntry): string | undefined {
  if (typeof image === 'object') {
    const hint = 'Write it as name:tag.';
    throw new BuildFailure('wrong-shape', 'the image of a container is no single value', hint);
  }
  const text = textOf(image);
  const pattern = goRegExp(`^${entry.name ?? ''}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
  if (!pattern?.test(text)) return undefined;
  const parts = splitImage(text);
  const name = entry.newName || parts.name;
  const isPinned = Boolean(entry.newTag) || Boolean(entry.digest);
  const tag = (isPinned ? entry.newTag : parts.tag) ?? '';
  const digest = (isPinned ? entry.digest : parts.digest) ?? '';
  const whole = tag === '' && !entry.tagSuffix ? '' : `:${tag}${entry.tagSuffix ?? ''}`;
  return `${name}${whole}${digest === '' ? '' : `@${digest}`}`;
}

/** The colon of a registry's port is no tag: `registry:5000/app`. */
function splitImage(image: string): { name: string; tag: string; digest: string } {
  const at = image.indexOf('@');
  const digest = at === -1 ? '' : image.slice(at + 1);
  const tagged = at === -1 ? image : image.slice(0, at);
  const colon = tagged.lastIndexOf(':');
  if (colon <= tagged.lastIndexOf('/')) return { name: tagged, tag: '', digest };
  return { name: tagged.slice(0, colon), tag: tagged.slice(colon + 1), digest };
}
