import { Environment } from '@marcbachmann/cel-js';
import type { DocumentKind } from '../../model/document.ts';
import { elapsedDays } from '../days.ts';
import { celTypes, documentVariables, type ForEach, forEachTypes } from './types.ts';

/** A value of one of our types, as the library wants it: told by its constructor. */
export type CelRecord = object;

type RecordConstructor = new () => CelRecord;

/** One constructor per type: the library tells types apart by constructor. */
const constructors = Object.fromEntries(
  Object.keys(celTypes).map((name) => [name, function record(this: object) {}]),
) as unknown as Record<string, RecordConstructor>;

/** A value of the type; fields that are undefined or null are left out, so that `has()` tells the truth. */
export function record(type: string, fields: Record<string, unknown>): CelRecord {
  const value = new (constructors[type] as RecordConstructor)() as Record<string, unknown>;
  // A loop: this is the hottest spot of custom rules.
  for (const key in fields) if (fields[key] !== undefined && fields[key] !== null) value[key] = fields[key];
  return value;
}

/** Larger expressions are programs. */
const limits = {
  maxAstNodes: 300,
  maxDepth: 30,
  maxListElements: 100,
  maxMapEntries: 1,
  maxCallArguments: 4,
};

const environments = new Map<string, Environment>();

/** The names and types an expression about documents of `kind` can use. */
export function environmentFor(kind: DocumentKind, forEach: ForEach | null): Environment {
  const key = `${kind} ${forEach ?? ''}`;
  const known = environments.get(key);
  if (known) return known;
  const environment = new Environment({ limits });
  for (const [name, fields] of Object.entries(celTypes)) {
    // The typings want `fields` or `ctor`; the library takes both: https://github.com/marcbachmann/cel-js#registertype-signatures
    environment.registerType(name, { ctor: constructors[name], fields } as never);
  }
  const variable = documentVariables[kind];
  environment.registerVariable(variable.name, variable.type);
  environment.registerVariable('issue', 'Issue');
  environment.registerVariable('today', 'string');
  environment.registerVariable('text', 'string');
  if (forEach !== null) environment.registerVariable(forEach, forEachTypes[forEach].type);
  environment.registerFunction('daysBetween(string, string): int', (from: string, to: string) => {
    // Whole days of the calendar: the hour at which an issue was opened does not count.
    const days = elapsedDays(from.slice(0, 10), to.slice(0, 10));
    if (Number.isNaN(days)) throw new Error(`daysBetween() was given a text that is not a date`);
    return BigInt(days);
  });
  environments.set(key, environment);
  return environment;
}

/** Names an expression can begin with. */
export function namesFor(kind: DocumentKind, forEach: ForEach | null): string[] {
  return [documentVariables[kind].name, 'issue', 'today', 'text', ...(forEach === null ? [] : [forEach])];
}
