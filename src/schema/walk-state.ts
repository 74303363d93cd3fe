import type { YamlPath } from '../yaml/yaml-path.ts';
import type { SchemaRule } from './finding.ts';
import type { KindSchema } from './schema.ts';

/** What the checks of one object share. */
export interface WalkState {
  schemas: KindSchema;
  /** The object's kind, for messages. */
  kind: string;
  /** True for a Secret: its values appear in no message. */
  secret: boolean;
  /** True when a value stands for one that is not here yet: encrypted, or a variable that Flux fills in. */
  standsIn: (value: unknown) => boolean;
  /** False inside `oneOf` and the like, which constrain values and declare no fields. */
  declares: boolean;
  report: (rule: SchemaRule, path: YamlPath, message: string, hint?: string) => void;
}
