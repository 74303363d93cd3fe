import { annotationFields } from '../field-specs/other-fields.ts';
import { setTexts } from './set-texts.ts';
import type { Transformer } from './transformer.ts';

export const addAnnotations: Transformer = (_building, { spec }, map) => {
  for (const resource of map.resources) setTexts(resource, annotationFields, spec.commonAnnotations ?? {});
};
