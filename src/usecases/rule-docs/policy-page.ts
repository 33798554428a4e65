import { jsonSchema } from '../../config/json-schema.ts';
import { type PolicyFile, policyFileSchema } from '../../config/settings-schema.ts';
import { code, generatedMark, inline, table } from './rule-page.ts';

/** The parts of a JSON Schema that the page shows. */
interface Schema {
  description?: string;
  enum?: unknown[];
  const?: unknown;
  type?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
}

/**
 * Every key of `policy.yml`, read from its schema, with the values of the preset.
 * @param policy the preset `handbook`
 */
export function policyPage(policy: PolicyFile): string {
  const schema = jsonSchema(policyFileSchema) as Schema;
  const groups = Object.entries(schema.properties ?? {}).filter(([key]) => key !== '$schema');
  const single = groups.filter(([, group]) => propertiesOf(group) === null);
  const blocks = groups.flatMap(([key, group]) => {
    const rows = rowsOf(group, [key], policy);
    if (propertiesOf(group) === null) return [];
    return [
      `## ${code(key)}`,
      ...(group.description === undefined ? [] : [group.description]),
      tableOf(rows),
    ];
  });
  return `${[
    generatedMark,
    '# Every key of `policy.yml`',
    'What is not in your file comes from the preset it extends; the defaults here are those of `handbook`. `kr-hygiene rules print` shows what is in force for you, and the schema explains the same in your editor. How files build on one another: [rule files](rule-files.md).',
    tableOf(single.flatMap(([key, group]) => rowsOf(group, [key], policy))),
    ...blocks,
  ].join('\n\n')}\n`;
}

const tableOf = (rows: string[][]): string => table(['key', 'default', 'meaning'], rows);

/** The keys of a map, also where null or something else may be there instead. */
function propertiesOf({ properties, anyOf }: Schema): Record<string, Schema> | null {
  if (properties !== undefined) return properties;
  return anyOf?.map(propertiesOf).find((found) => found !== null) ?? null;
}

/** A row for each key below one. */
function rowsOf(schema: Schema, path: readonly string[], policy: PolicyFile): string[][] {
  const below = propertiesOf(schema);
  const value = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    policy,
  );
  if (below !== null && (path.length === 1 || (typeof value === 'object' && value !== null)))
    return Object.entries(below).flatMap(([key, child]) => rowsOf(child, [...path, key], policy));
  const keys = below === null ? '' : ` Keys: ${Object.keys(below).map(code).join(', ')}.`;
  return [
    [code(path.join('.')), value === undefined ? '' : code(inline(value)), `${meaningOf(schema)}${keys}`],
  ];
}

function meaningOf(schema: Schema): string {
  const choices = choicesOf(schema);
  const words = schema.description ?? schema.anyOf?.find(({ description }) => description)?.description ?? '';
  return choices.length === 0 ? words : `${words} One of ${choices.map(code).join(', ')}.`.trim();
}

function choicesOf({ enum: choices, anyOf }: Schema): string[] {
  return choices?.map(String) ?? anyOf?.flatMap(choicesOf) ?? [];
}
