import type { BuiltObject } from '../kustomize/build-kustomization.ts';
import type { MisreadText } from './substitution/misread-text.ts';

/** Why post-build substitution of an object fails, and with it the whole Kustomization. */
export interface SubstitutionFault {
  kind: 'undefined-variable' | 'invalid-name' | 'syntax' | 'invalid-result';
  message: string;
  /** The variable, where it is about one. */
  variable?: string;
  /** The object it is met in; undefined when it is about the variables themselves. */
  object?: BuiltObject;
  /** Where in the object, if it is about one text of it. */
  at?: MisreadText;
}
