import { errors } from '../world/errors.ts';

/** Parameters of one request: query and body together, as GitLab merges them. Values are strings or JSON values. */
export type Params = Map<string, unknown>;

/**
 * Query keys as they come: `iids[]=1&iids[]=2` becomes `iids` → list, `not[labels]` stays a flat key.
 * A key that is repeated without brackets keeps its last value.
 */
export function queryParams(query: URLSearchParams): Params {
  const params: Params = new Map();
  for (const [key, value] of query) addFlat(params, key, value);
  return params;
}

function addFlat(params: Params, key: string, value: string): void {
  const indexed = /^(.*)\[\d*\]$/.exec(key);
  if (!indexed) {
    params.set(key, value);
    return;
  }
  const name = indexed[1] ?? '';
  const list = params.get(name);
  if (Array.isArray(list)) list.push(value);
  else params.set(name, [value]);
}

/** Adds a form or JSON body. Broken JSON is a 400, as Grape answers it. */
export function addBody(params: Params, contentType: string, body: string): void {
  if (body === '') return;
  if (contentType.includes('application/x-www-form-urlencoded')) {
    for (const [key, value] of new URLSearchParams(body)) addFlat(params, key, value);
    return;
  }
  if (!contentType.includes('json')) return;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw errors.badParameter('There was a problem in the JSON you submitted');
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) params.set(key, entry);
  }
}

export function text(params: Params, key: string): string | undefined {
  const value = params.get(key);
  if (value === undefined) return undefined;
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw errors.badParameter(`${key} is invalid`);
}

export function required(params: Params, key: string): string {
  const value = text(params, key);
  if (value === undefined) throw errors.badParameter(`${key} is missing`);
  return value;
}

export function integer(params: Params, key: string): number | undefined {
  const value = text(params, key);
  if (value === undefined || value === '') return undefined;
  if (!/^-?\d{1,15}$/.test(value)) throw errors.badParameter(`${key} is invalid`);
  return Number(value);
}

export function boolean(params: Params, key: string): boolean | undefined {
  const value = text(params, key);
  if (value === undefined || value === '') return undefined;
  if (/^(?:true|t|1|yes|y|on)$/i.test(value)) return true;
  if (/^(?:false|f|0|no|n|off)$/i.test(value)) return false;
  throw errors.badParameter(`${key} is invalid`);
}

/** One of the allowed words; anything else is a 400. */
export function oneOf<const T extends string>(
  params: Params,
  key: string,
  allowed: readonly T[],
): T | undefined {
  const value = text(params, key);
  if (value === undefined || value === '') return undefined;
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw errors.badParameter(`${key} does not have a valid value`);
  return found;
}

/** A comma list or an array, blanks trimmed, empty entries dropped. Undefined when the key is absent. */
export function list(params: Params, key: string): string[] | undefined {
  const value = params.get(key);
  if (value === undefined) return undefined;
  if (value === null) return [];
  const items = Array.isArray(value) ? value.map(String) : (text(params, key) ?? '').split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

export function integers(params: Params, key: string): number[] | undefined {
  return list(params, key)?.map((item) => {
    if (!/^\d{1,15}$/.test(item)) throw errors.badParameter(`${key} is invalid`);
    return Number(item);
  });
}

/** An ISO 8601 instant in milliseconds. A `+` that was sent bare arrives as a blank, and is a 400 here. */
export function instant(params: Params, key: string): number | undefined {
  const value = text(params, key);
  if (value === undefined || value === '') return undefined;
  const shape = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
  const at = shape.test(value) ? Date.parse(zoned(value)) : Number.NaN;
  if (Number.isNaN(at)) throw errors.badParameter(`${key} is invalid`);
  return at;
}

function zoned(value: string): string {
  return value.length > 10 && !/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? `${value}Z` : value;
}

/** `YYYY-MM-DD`; '' and null clear. Undefined when the key is absent. */
export function day(params: Params, key: string): string | null | undefined {
  const value = text(params, key);
  if (value === undefined) return undefined;
  if (value === '') return null;
  const at = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  // An impossible date is quietly no date in GitLab; one that rolls over is not accepted here either.
  if (!at || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== value) return null;
  return value;
}

export function exclusive(params: Params, ...keys: string[]): void {
  const given = keys.filter((key) => params.has(key));
  if (given.length > 1) throw errors.badParameter(`${given.join(', ')} are mutually exclusive`);
}
