import type { FieldSpec } from '../field-specs/field-spec.ts';
import { metadataLabelFields, selectorLabelFields, templateLabelFields } from '../field-specs/label-fields.ts';
import type { LabelEntry } from '../loading/kustomization.ts';
import { setTexts } from './set-texts.ts';
import type { Transformer } from './transformer.ts';

export const addLabels: Transformer = (_building, { spec }, map) => {
  const entries: LabelEntry[] = [
    ...(spec.labels ?? []),
    { pairs: spec.commonLabels ?? {}, includeSelectors: true, fields: [] },
  ];
  for (const { pairs = {}, ...entry } of entries)
    for (const resource of map.resources) setTexts(resource, fieldsOf(entry), pairs);
};

function fieldsOf(entry: LabelEntry): readonly FieldSpec[] {
  const defaults = entry.includeSelectors
    ? selectorLabelFields
    : entry.includeTemplates
      ? templateLabelFields
      : metadataLabelFields;
  return [...(entry.fields ?? []), ...defaults];
}
