import type { z } from 'zod';

/** The parts of a zod definition that leading through a schema needs. */
interface Definition {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  element?: z.ZodType;
  valueType?: z.ZodType;
  options?: z.ZodType[];
  shape?: Record<string, z.ZodType>;
}

function definitionOf(schema: z.ZodType): Definition {
  return schema._zod.def;
}

/** The schemas a value may have to meet, wrappers (default, optional …) removed and unions opened. */
function alternatives(schema: z.ZodType): z.ZodType[] {
  const definition = definitionOf(schema);
  if (definition.innerType) return alternatives(definition.innerType);
  if (definition.in) return alternatives(definition.in);
  if (definition.options) return definition.options.flatMap(alternatives);
  return [schema];
}

/** The schemas of what is at `path` below `schema`. */
export function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  let current = [schema];
  for (const part of path) current = current.flatMap((each) => below(each, part));
  return current;
}

function below(schema: z.ZodType, part: PropertyKey): z.ZodType[] {
  return alternatives(schema).flatMap((alternative) => {
    const { shape, element, valueType } = definitionOf(alternative);
    const child = shape
      ? Object.hasOwn(shape, part)
        ? shape[String(part)]
        : undefined
      : (element ?? valueType);
    return child ? [child] : [];
  });
}

/** The keys a map at `path` may have; empty when any key may be there. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const keys = schemasAt(schema, path)
    .flatMap(alternatives)
    .flatMap((each) => Object.entries(definitionOf(each).shape ?? {}))
    .map(([key]) => key);
  return [...new Set(keys)];
}

/** What the schema at `path` says about itself. */
export function descriptionAt(schema: z.ZodType, path: readonly PropertyKey[]): string | null {
  for (const each of schemasAt(schema, path)) {
    const description = describedBy(each);
    if (description !== null) return description;
  }
  return null;
}

function describedBy(schema: z.ZodType): string | null {
  if (schema.description !== undefined) return schema.description;
  const inner = definitionOf(schema).innerType;
  return inner ? describedBy(inner) : null;
}
