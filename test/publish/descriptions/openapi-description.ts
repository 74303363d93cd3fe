import { Ajv, type ValidateFunction } from 'ajv';
import type { Exchange } from '../record-exchange.ts';
import { allOfNames, type Json, requestSchema, responseSchema } from './plain-openapi.ts';

/** A server's own description of its API, OpenAPI 3.0. https://spec.openapis.org/oas/v3.0.3 */
export interface Description {
  /** `GET /repos/{owner}/{repo}` of what was sent; undefined for what is not described. */
  operationOf(exchange: Pick<Exchange, 'method' | 'path'>): string | undefined;
  /**
   * What an exchange has that the description has not: a body that the server would refuse (a field missing, unknown, or of
   * another type), an unknown parameter, an answer that it never gives. An answer of a test may lack fields.
   */
  faultsOf(exchange: Exchange): string[];
}

interface Operation {
  parameters?: Json[];
  requestBody?: { required?: boolean; content?: Record<string, { schema?: Json }> };
  responses: Record<string, { content?: Record<string, { schema?: Json }>; $ref?: string }>;
}

/** @param document parsed; it is not changed */
export function openDescription(document: Json): Description {
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const bases = allOfNames(document);
  const sides = { request: sideOf(document, requestSchema, bases), response: sideOf(document, responseSchema, bases) };
  const templates = Object.keys(paths).map((path) => ({ path, matches: matcherOf(path) }));
  const find = ({ method, path }: Pick<Exchange, 'method' | 'path'>) => {
    const [name = ''] = path.split('?');
    const fitting = templates.filter((each) => each.matches.test(name)).map((each) => each.path);
    const [template] = fitting.sort((one, other) => braces(one) - braces(other));
    const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
    return operation && template !== undefined ? { name: `${method} ${template}`, template, operation } : undefined;
  };
  return {
    operationOf: (exchange) => find(exchange)?.name,
    faultsOf(exchange) {
      const found = find(exchange);
      if (found === undefined) return [`${exchange.method} ${exchange.path}: not described`];
      const { operation, name, template } = found;
      const shared = (paths[template]?.parameters ?? []) as unknown as Json[];
      const faults = [
        ...parameterFaults(document, [...shared, ...(operation.parameters ?? [])], exchange),
        ...bodyFaults(sides.request, operation, exchange),
        ...answerFaults(document, sides.response, operation, exchange),
      ];
      return faults.map((fault) => `${name}: ${fault}`);
    },
  };
}

type Side = (schema: Json) => ValidateFunction;

/** Schemas of one side, with all that they refer to. */
function sideOf(document: Json, plain: typeof requestSchema, bases: ReadonlySet<string>): Side {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'api', components: plain(document.components, bases) });
  return (schema) => ajv.compile(plain(schema, bases) as object);
}

function parameterFaults(document: Json, parameters: readonly Json[], { path }: Exchange): string[] {
  const known = parameters
    .map((each) => resolved(document, each))
    .filter((each) => each.in === 'query')
    .map(({ name }) => String(name));
  const sent = [...new URL(path, 'http://api').searchParams.keys()];
  return sent.filter((name) => !known.includes(name)).map((name) => `has no parameter ${name}`);
}

function bodyFaults(side: Side, { requestBody }: Operation, { said }: Exchange): string[] {
  const schema = requestBody?.content?.['application/json']?.schema;
  if (said === undefined) return requestBody?.required === true ? ['wants a body'] : [];
  if (schema === undefined) return ['takes no body'];
  return faultsBy(side(schema), said).map((fault) => `body${fault}`);
}

/** Refusals are tested in every form that servers were seen to give. */
function answerFaults(document: Json, side: Side, { responses }: Operation, { status, told }: Exchange): string[] {
  if (status >= 300) return [];
  const response = responses[status];
  if (response === undefined) return [`never answers ${status}`];
  const content = resolved(document, response as Json).content as Operation['responses'][string]['content'];
  const schema = content?.['application/json']?.schema;
  if (schema === undefined) return told === undefined ? [] : [`answers ${status} without a body`];
  return faultsBy(side(schema), told).map((fault) => `answer${fault}`);
}

function faultsBy(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath} ${message} ${JSON.stringify(params)}`;
  });
}

function resolved(document: Json, value: Json): Json {
  if (typeof value.$ref !== 'string') return value;
  const steps = value.$ref.replace(/^#\//, '').split('/');
  return steps.reduce<Json>((inner, step) => inner[step] as Json, document);
}

function matcherOf(path: string): RegExp {
  const words = path.split(/\{[^}]+\}/).map((word) => word.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${words.join('[^/]+')}$`);
}

const braces = (path: string) => path.split('{').length;
