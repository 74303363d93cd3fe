import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  kubernetesEnums,
  kubernetesLabels,
  kubernetesNotEmpty,
  kubernetesOptional,
  kubernetesRequired,
} from './kubernetes-amendments.mjs';
import { labelValue, objectMeta } from './object-meta.mjs';
import { mapChildren } from './schema-tree.mjs';
import { kindSchema, stripSchema } from './strip-schema.mjs';

/** Kinds that nobody keeps in a repository: requests for an answer, and objects that controllers write. */
const notWritten = /Review$|^Binding$|^Event$|^NodeProxyOptions$|^(CSINode|CSIStorageCapacity|VolumeAttachment)$/;
const leftOut = new Set(['resource.k8s.io', 'authentication.k8s.io', 'authorization.k8s.io', 'events.k8s.io']);

const quantityPattern =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';

/** Definitions whose Go type reads and writes JSON in its own way. */
const written = {
  Quantity: { format: 'quantity', anyOf: [{ type: 'number' }, { type: 'string', pattern: quantityPattern }] },
  IntOrString: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
  // The schema of a schema is as large as all others, and who writes one by hand checks it on a cluster.
  JSONSchemaProps: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  RawExtension: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  FieldsV1: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
};

/** @param {string} folder `api/openapi-spec/v3` of k8s.io/kubernetes */
export function readKubernetes(folder) {
  const documents = readdirSync(folder)
    .filter((file) => /^apis?__.*v[0-9]+_openapi\.json$/.test(file))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const definitions = Object.assign({}, ...documents.map((document) => document.components?.schemas ?? {}));
  const flat = (name) => flatten(definitions, name);
  const metadata = flat('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
  const kinds = documents
    .flatMap((document) => kindsOf(document))
    .map((row) => ({
      ...row,
      schema: kindSchema(flat(row.definition), objectMeta(metadata, row.kind)),
    }));
  const amendments = [kubernetesEnums, kubernetesLabels, kubernetesNotEmpty, kubernetesOptional, kubernetesRequired];
  const unused = amendments.flatMap((amendment) => Object.keys(amendment)).filter((key) => !applied.has(key));
  if (unused.length > 0) throw new Error(`no such property: ${unused.join(', ')}`);
  return { metadata, kinds };
}

/** What can be created by a POST: the answer of the API itself to which kinds there are, and in which scope. */
function kindsOf({ paths = {}, components }) {
  return Object.entries(paths).flatMap(([path, { post }]) => {
    const id = post?.['x-kubernetes-group-version-kind'];
    const ofOneNamespace = path.includes('/namespaces/{namespace}/');
    if (!id || notWritten.test(id.kind) || leftOut.has(id.group) || path.split('{').length > (ofOneNamespace ? 2 : 1))
      return [];
    const definition = Object.keys(components.schemas).find((name) =>
      components.schemas[name]['x-kubernetes-group-version-kind']?.some(
        (other) => other.group === id.group && other.version === id.version && other.kind === id.kind,
      ),
    );
    // Namespaced kinds are listed under `/<plural>` too, but only created under a namespace.
    return [{ ...id, scope: ofOneNamespace ? 'Namespaced' : 'Cluster', definition }];
  });
}

function flatten(definitions, name) {
  const short = name.slice(name.lastIndexOf('.') + 1);
  if (written[short]) return written[short];
  const inline = (schema) => {
    const reference = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0].$ref : undefined);
    if (!reference) return mapChildren(withoutDefault(schema), inline);
    const { allOf, $ref, default: _, ...rest } = stripSchema(schema);
    return { ...flatten(definitions, reference.slice('#/components/schemas/'.length)), ...rest };
  };
  return amend(short, inline(stripSchema(definitions[name])));
}

/** The defaults of the document are Go's zero values, not what the API server fills in. */
function withoutDefault({ default: _, ...schema }) {
  return schema;
}

/** Keys of the amendments that found their property. */
const applied = new Set();

function amend(definition, schema) {
  if (!schema.properties) return schema;
  const of = (amendments, name) => {
    const key = `${definition}.${name}`;
    if (key in amendments) applied.add(key);
    return amendments[key];
  };
  const required = new Set(schema.required);
  const properties = Object.entries(schema.properties).map(([name, property]) => {
    if (of(kubernetesRequired, name)) required.add(name);
    if (of(kubernetesOptional, name)) required.delete(name);
    const values = of(kubernetesEnums, name);
    const ofItems = of(kubernetesEnums, `${name}[]`);
    return [
      name,
      {
        ...property,
        ...(values ? { enum: values } : {}),
        ...(ofItems ? { items: { ...property.items, enum: ofItems } } : {}),
        ...(of(kubernetesNotEmpty, name) ? { minItems: 1 } : {}),
        ...(of(kubernetesLabels, name) ? { additionalProperties: labelValue } : {}),
      },
    ];
  });
  const { required: _, ...rest } = schema;
  const order = [...required].sort();
  return { ...rest, properties: Object.fromEntries(properties), ...(order.length > 0 ? { required: order } : {}) };
}
