import type { Json } from './plain-openapi.ts';

/** A Swagger 2.0 document, as Gitea has it, as far as OpenAPI 3.0 tells the same. https://swagger.io/specification/v2 */
export function fromSwagger(document: Json): Json {
  const text = JSON.stringify(document)
    .replaceAll('"#/definitions/', '"#/components/schemas/')
    .replaceAll('"#/responses/', '"#/components/responses/');
  const { paths, definitions, responses } = JSON.parse(text) as Record<string, Record<string, Json>>;
  const operations = Object.entries(paths ?? {}).map(([path, item]): [string, unknown] => [path, pathOf(item)]);
  return {
    paths: Object.fromEntries(operations),
    components: { schemas: definitions, responses: mapped(responses ?? {}, answerOf) },
  };
}

function pathOf(item: Json): unknown {
  return mapped(item as Record<string, Json>, (operation) => {
    const parameters = (operation.parameters ?? []) as Json[];
    const [body] = parameters.filter((each) => each.in === 'body');
    return {
      parameters: parameters.filter((each) => each.in !== 'body'),
      ...(body && { requestBody: { required: body.required === true, ...jsonOf(body.schema) } }),
      responses: mapped(operation.responses as Record<string, Json>, answerOf),
    };
  });
}

function answerOf({ schema, ...rest }: Json): Json {
  return { ...rest, ...(schema !== undefined && jsonOf(schema)) };
}

const jsonOf = (schema: unknown) => ({ content: { 'application/json': { schema } } });

function mapped<Value>(record: Record<string, Json>, make: (value: Json) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value)]));
}
