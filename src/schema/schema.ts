/**
 * The part of JSON Schema that Kubernetes' structural schemas and OpenAPI documents use,
 * with the Kubernetes extensions that validation and merging need.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export interface Schema {
  /** `#/$defs/<name>` of the same file; stands alone. */
  $ref?: string;
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  nullable?: boolean;
  default?: unknown;
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: boolean | Schema;
  propertyNames?: Schema;
  required?: readonly string[];
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  enum?: readonly unknown[];
  /** In Go's RE2 syntax. The data holds only patterns that mean the same in JavaScript; a test sees to it. */
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  format?: string;
  minimum?: number;
  maximum?: number;
  oneOf?: readonly Schema[];
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  not?: Schema;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-list-type'?: 'set' | 'map';
  'x-kubernetes-list-map-keys'?: readonly string[];
  'x-kubernetes-patch-merge-key'?: string;
  'x-kubernetes-patch-strategy'?: string;
  'x-kubernetes-validations'?: readonly { rule: string; message?: string }[];
}

/** One file of `data/`. */
export interface SchemaFile {
  /** apiVersion -> kind -> schema. */
  kinds: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  $defs: Readonly<Record<string, Schema>>;
}

/** The schema of one kind, with the way to follow its references. */
export interface KindSchema {
  root: Schema;
  /** Follows `$ref`; anything else comes back as it is. */
  resolve: (schema: Schema) => Schema;
}

export interface SchemaLookup {
  /** @returns undefined for a kind without a schema, or of a group that was not loaded */
  find(apiVersion: string, kind: string): KindSchema | undefined;
}
