import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { parse } from 'yaml';
import type { RequestRecord } from '../../src/sandbox/http/app.ts';

// ajv-formats is CommonJS: under Node's own loader its function is the `default` of the default.
const addFormats = ('default' in addFormatsModule
  ? addFormatsModule.default
  : addFormatsModule) as unknown as (ajv: Ajv) => void;

const folder = path.resolve(import.meta.dirname, '../fixtures/gitlab');
const sliceFile = path.join(folder, 'openapi-slice.yaml');
const schemaFolder = path.join(folder, 'schemas/spec/fixtures/api/schemas/public_api/v4');

// The path inside GitLab's repository, so that every `$ref` resolves.
const schemaBase = 'https://gitlab.test/spec/fixtures/api/schemas/public_api/v4';

type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  schema: Json;
}

export interface Operation {
  id: string;
  method: string;
  /** As in the specification: `/api/v4/projects/{id}`. */
  template: string;
  pattern: RegExp;
  query: Map<string, Parameter>;
  body: { validate: ValidateFunction; keys: Set<string> } | null;
  responses: Map<string, ValidateFunction | null>;
}

/** The part of GitLab's API specification that we hold ourselves to. */
export const operations: Operation[] = loadOperations();

function loadOperations(): Operation[] {
  const document = toJsonSchema(parse(readFileSync(sliceFile, 'utf8'))) as Json;
  const ajv = new Ajv({ strict: false });
  addFormats(ajv);
  ajv.addFormat('int64', true);
  ajv.addSchema({ ...document, $id: 'slice' });
  const deref = (value: unknown): Json => {
    const node = value as Json;
    if (typeof node['$ref'] !== 'string') return node;
    let target: unknown = document;
    for (const key of node['$ref'].slice(2).split('/')) target = (target as Json)[key];
    return deref(target);
  };
  const compile = (schema: unknown): ValidateFunction =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"slice#/')) as Json);
  return Object.entries(document['paths'] as Json).flatMap(([template, methods]) =>
    Object.entries(methods as Json).map(([method, value]) =>
      operation(method.toUpperCase(), template, value as Json, deref, compile),
    ),
  );
}

function operation(
  method: string,
  template: string,
  value: Json,
  deref: (value: unknown) => Json,
  compile: (schema: unknown) => ValidateFunction,
): Operation {
  const parameters = ((value['parameters'] ?? []) as unknown[]).map(
    (entry) => deref(entry) as unknown as Parameter,
  );
  const content = (node: Json): unknown =>
    ((node['content'] as Json)?.['application/json'] as Json)?.['schema'];
  const bodySchema = value['requestBody'] ? content(deref(value['requestBody'])) : undefined;
  const responses = Object.entries(value['responses'] as Json).map(([status, response]) => {
    const schema = content(deref(response));
    return [status, schema ? compile(schema) : null] as const;
  });
  return {
    id: String(value['operationId']),
    method,
    template,
    pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`),
    query: new Map(
      parameters.filter((entry) => entry.in === 'query').map((entry) => [plain(entry.name), entry]),
    ),
    body: bodySchema
      ? {
          validate: compile(bodySchema),
          keys: new Set(Object.keys(deref(bodySchema)['properties'] ?? {})),
        }
      : null,
    responses: new Map(responses),
  };
}

/** `iids[]` and `iids` are one parameter. */
function plain(name: string): string {
  return name.replace(/\[\d*\]$/, '');
}

/** OpenAPI 3.0's `nullable` in the words of JSON Schema. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, toJsonSchema(entry)]),
  );
  return nullable === true ? { anyOf: [{ type: 'null' }, rest] } : rest;
}

/** The operation of the slice that a request is, or undefined. Literal paths win over parameters. */
export function operationOf(method: string, pathname: string): Operation | undefined {
  const fitting = operations.filter((entry) => entry.method === method && entry.pattern.test(pathname));
  return fitting.sort((a, b) => a.template.split('{').length - b.template.split('{').length)[0];
}

/** What is wrong with a request by the slice: route, parameter names, parameter values, body. */
export function requestProblems(record: Pick<RequestRecord, 'method' | 'path' | 'query' | 'body'>): string[] {
  const found = operationOf(record.method, record.path);
  const name = `${record.method} ${record.path}`;
  if (!found) return [`${name} is no operation of the slice`];
  const problems: string[] = [];
  const values = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(record.query)) {
    values.set(plain(key), [...(values.get(plain(key)) ?? []), value]);
  }
  for (const [key, given] of values) {
    const parameter = found.query.get(key);
    if (!parameter) problems.push(`${name}: unknown parameter ${key}`);
    else if (!allowed(parameter, given))
      problems.push(`${name}: ${key}=${given.join('&')} is no value of it`);
  }
  if (record.body && !found.body) problems.push(`${name}: takes no body`);
  if (record.body && found.body) {
    for (const key of Object.keys(record.body)) {
      if (found.body.keys.size > 0 && !found.body.keys.has(key))
        problems.push(`${name}: unknown body key ${key}`);
    }
    const { validate } = found.body;
    if (!validate(structuredClone(record.body)))
      problems.push(`${name}: body ${JSON.stringify(validate.errors)}`);
  }
  return problems;
}

const valueAjv = new Ajv({ strict: false, coerceTypes: 'array' });
addFormats(valueAjv);
valueAjv.addFormat('int64', true);

function allowed(parameter: Parameter, given: string[]): boolean {
  const isList = JSON.stringify(parameter.schema).includes('"array"');
  const value = isList ? given.flatMap((entry) => entry.split(',')) : given.at(-1);
  return valueAjv.validate(parameter.schema, structuredClone({ value }).value);
}

/**
 * Fails when a request is not an operation of the slice with known parameters: the sandbox's log goes in.
 */
export function checkRequests(requests: Iterable<RequestRecord>): void {
  const problems = new Set<string>();
  for (const record of requests) for (const problem of requestProblems(record)) problems.add(problem);
  if (problems.size > 0)
    throw new Error(`Requests outside the API specification:\n${[...problems].join('\n')}`);
}

/** What is wrong with an answer by the slice; [] when all is well. */
export function responseProblems(method: string, pathname: string, status: number, body: unknown): string[] {
  const found = operationOf(method, pathname);
  const name = `${method} ${pathname} ${status}`;
  if (!found) return [`${name} is no operation of the slice`];
  if (!found.responses.has(String(status))) return [`${name}: a status the slice does not have`];
  const validate = found.responses.get(String(status));
  if (!validate || typeof body === 'string' || body === null) return [];
  return validate(structuredClone(body)) ? [] : [`${name}: ${JSON.stringify(validate.errors?.slice(0, 5))}`];
}

/**
 * GitLab's own schema files, by path below `public_api/v4` without `.json`, for as far as they compile. They are older
 * than the API: closed objects are opened, and the types that its notes call wrong are put right.
 */
export function gitlabSchemas(): Map<string, ValidateFunction> {
  const compiled = new Map<string, ValidateFunction>();
  const ajv = new Ajv({ strict: false, validateSchema: false, logger: false });
  addFormats(ajv);
  const files = (readdirSync(schemaFolder, { recursive: true }) as string[]).filter((file) =>
    file.endsWith('.json'),
  );
  for (const file of files) {
    const schema = JSON.parse(readFileSync(path.join(schemaFolder, file), 'utf8')) as unknown;
    ajv.addSchema({ ...(opened(schema) as Json), $id: `${schemaBase}/${file}` });
  }
  for (const file of files) {
    try {
      const validate = ajv.getSchema(`${schemaBase}/${file}`);
      if (validate) compiled.set(file.replace(/\.json$/, ''), validate);
    } catch {
      // The notes next to the files name those that no strict validator takes.
    }
  }
  return compiled;
}

function opened(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => opened(entry));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, entry]) => !(name === 'additionalProperties' && entry === false),
  );
  const result = Object.fromEntries(entries.map(([name, entry]) => [name, opened(entry, name)]));
  if (key === 'resolved_by') return {};
  if (['due_date', 'start_date', 'expires_at'].includes(key)) delete result['format'];
  return result;
}
