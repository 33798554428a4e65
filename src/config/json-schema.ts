import { z } from 'zod';
import { documentKinds } from '../kinds/index.ts';
import { testFileSchema } from './example-schema.ts';
import { languageFileSchema } from './language-schema.ts';
import { kindFileSchema } from './rule-schema.ts';
import { policyFileSchema } from './settings-schema.ts';
import { vocabularySchema } from './vocabulary-schema.ts';
import { wordsSchema } from './words-schema.ts';

/** Makers of the zod schema of every file a rules folder can hold: making them all takes longer than most commands do. */
const makers: Record<string, () => z.ZodType> = {
  policy: () => policyFileSchema,
  vocabulary: () => vocabularySchema,
  comment: () => languageFileSchema,
  words: () => wordsSchema,
  test: () => testFileSchema,
  ...Object.fromEntries(documentKinds.map((kind) => [kind, () => kindFileSchema(kind)])),
};

/** The names of their JSON Schemas. */
export const schemaNames: readonly string[] = Object.keys(makers);

export const fileSchemas = (): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make()]));

/** JSON Schema (draft 7, which every editor knows) of every file, as text by file name. */
export function jsonSchemas(): Map<string, string> {
  return new Map(
    Object.entries(fileSchemas()).map(([name, schema]) => [
      `${name}.json`,
      `${JSON.stringify(jsonSchema(schema), null, 2)}\n`,
    ]),
  );
}

/** JSON Schema of one file. What only code can tell (RE2, CEL, names that depend on each other) is left out. */
export function jsonSchema(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    reused: 'inline',
    override: ({ jsonSchema: json }) => {
      // Numbers beyond these are refused anyway; editors would show the bounds at every option.
      if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
      if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
      if (
        json.type === 'object' &&
        json.description !== undefined &&
        json.default !== undefined &&
        isEmpty(json.default)
      )
        delete json.default;
    },
  });
}

function isEmpty(value: unknown): boolean {
  return value !== null && typeof value === 'object' && Object.keys(value).length === 0;
}
