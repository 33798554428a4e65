import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { z } from 'zod';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { fileSchemas, jsonSchema, jsonSchemas } from '../../src/config/json-schema.ts';
import { documentKinds } from '../../src/kinds/index.ts';
import { fc, runs } from '../helpers/random.ts';

const schemas = fileSchemas();

describe('JSON Schema', () => {
  test('the files in rules/schema are what the schemas say; `kr-hygiene rules schema --write rules/schema` renews them', async () => {
    const dir = path.join(builtInRulesDir, 'schema');
    const wanted = jsonSchemas();
    expect((await readdir(dir)).sort()).toEqual([...wanted.keys()].sort());
    for (const [name, text] of wanted) expect(await readFile(path.join(dir, name), 'utf8')).toBe(text);
  });

  test('every key has a description, and every option its default', () => {
    const bare: string[] = [];
    for (const [name, text] of jsonSchemas()) collectBare(JSON.parse(text), name, bare);
    expect(bare).toEqual([]);
  });
});

/** Keys without a description, deprecated ones too; options without a default. */
function collectBare(schema: unknown, at: string, bare: string[]): void {
  if (schema === null || typeof schema !== 'object') return;
  const { properties = {}, ...rest } = schema as {
    properties?: Record<string, { description?: string; default?: unknown; additionalProperties?: unknown }>;
  };
  for (const [key, property] of Object.entries(properties)) {
    if (property.description === undefined) bare.push(`${at}/${key}: no description`);
    // A map is empty by default, which goes without saying.
    const isMap = typeof property.additionalProperties === 'object';
    if (at.endsWith('/options') && property.default === undefined && !isMap)
      bare.push(`${at}/${key}: no default`);
    collectBare(property, `${at}/${key}`, bare);
  }
  for (const [key, value] of Object.entries(rest)) {
    // Blocks of alternatives are not keys of a file.
    const below = ['anyOf', 'allOf', 'items'].includes(key) ? at : `${at}/${key}`;
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) collectBare(each, below, bare);
  }
}

/**
 * What JSON Schema cannot say, or says otherwise; a file that is wrong in such a way only is not compared.
 * - `custom`: patterns (RE2), label names None and Any, equal labels, labels wanted and barred, a least
 *   above its most, empty condition blocks: told by code
 * - `url`: zod wants http or https and a host name, the format `uri` wants less
 * - `safe integers`: numbers beyond 2^53 are no whole numbers for zod
 */
function isBeyondJsonSchema(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'custom') return true;
  if (issue.code === 'invalid_format' && issue.format === 'url') return true;
  if ((issue.code === 'too_big' || issue.code === 'too_small') && 'note' in issue) return true;
  return (
    issue.code === 'invalid_union' &&
    issue.errors.some((branch) => branch.length > 0 && branch.every(isBeyondJsonSchema))
  );
}

/** Both verdicts on one value; null when they cannot be compared. */
function verdicts(name: string): (value: unknown) => { zod: boolean; ajv: boolean; about: string } | null {
  const schema = schemas[name] as z.ZodType;
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const validate = ajv.compile(jsonSchema(schema));
  return (value) => {
    const parsed = schema.safeParse(value);
    if (!parsed.success && parsed.error.issues.every(isBeyondJsonSchema)) return null;
    const ajvSays = validate(value);
    return {
      zod: parsed.success,
      ajv: ajvSays,
      about: JSON.stringify({ value, zod: parsed.error?.issues, ajv: validate.errors }),
    };
  };
}

async function ourFile(name: string): Promise<unknown> {
  return parse(await readFile(path.join(builtInRulesDir, `${name}.yml`), 'utf8'));
}

const odd = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1,
  1.5,
  1e9,
  '',
  'x',
  'error',
  'off',
  'KR',
  [],
  ['x'],
  {},
  { severity: 'info' },
  [[]],
  '2026-12-04',
);

/** A copy with one change somewhere: a value replaced, a key removed, renamed or added, an item doubled. */
function mutate(value: unknown, random: () => number, change: unknown): unknown {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  if (value === null || typeof value !== 'object' || random() < 0.1) return change;
  if (Array.isArray(value)) {
    if (value.length === 0) return [change];
    const at = Math.floor(random() * value.length);
    if (random() < 0.2) return [...value, value[at]];
    return value.map((item: unknown, index) => (index === at ? mutate(item, random, change) : item));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || random() < 0.1)
    return { ...value, [pick(['x', 'rules', 'severity', 'extends', 'labels', 'options'])]: change };
  const [key] = pick(entries);
  const roll = random();
  return Object.fromEntries(
    entries.flatMap(([name, each]) => {
      if (name !== key) return [[name, each]];
      if (roll < 0.1) return [];
      if (roll < 0.2) return [[`${name}s`, each]];
      return [[name, mutate(each, random, change)]];
    }),
  );
}

/** Valid values that our own files do not show. */
const extras: Record<string, unknown[]> = {
  kr: [
    {
      rules: {
        'require-objective': {
          severity: 'info',
          only: { labels: 'x' },
          except: [{ author: 'ann' }, { quarter: ['FY27 Q4'], age: { 'max-days': 3 } }],
          grace: { 'new-issues': 3 },
          url: 'https://example.com/x',
          messages: { missing: 'x' },
        },
      },
    },
    {
      extends: ['handbook', './x.yml'],
      custom: {
        mine: {
          description: 'd',
          assert: 'true',
          message: 'm',
          'for-each': 'milestone',
          when: 'true',
          hint: 'h',
          severity: 'off',
        },
        other: 'off',
      },
    },
    {
      examples: [
        {
          name: 'e',
          markdown: 'x',
          now: '2026-11-23',
          title: 't',
          issue: { 'due-date': null, assignees: ['@ann'], members: ['ann'] },
          rules: ['require-objective'],
          findings: ['require-objective', { rule: 'x', line: 3, message: 'y' }],
        },
      ],
    },
  ],
  policy: [
    {
      extends: 'minimal',
      sources: [{ project: 12 }, { group: 'a/b' }],
      select: { age: { 'min-days': 1 }, title: 'x', milestone: 'None' },
      comment: { 'handbook-url': 'https://example.com' },
      people: { groups: ['a/b'] },
    },
  ],
};

describe('zod and JSON Schema agree', () => {
  test.each(['policy', ...documentKinds, 'vocabulary'])('on %s.yml, as it is and changed', async (name) => {
    const judge = verdicts(name);
    const starts = [await ourFile(name), ...(extras[name] ?? [])];
    for (const start of starts) expect(judge(start)).toMatchObject({ zod: true, ajv: true });
    let compared = 0;
    let refused = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        odd,
        fc.integer({ min: 1, max: 3 }),
        (start, stream, change, times) => {
          const random = () => stream.next().value as number;
          let value: unknown = start;
          for (let round = 0; round < times; round += 1) value = mutate(value, random, change);
          const both = judge(value);
          if (both === null) return true;
          compared += 1;
          if (!both.zod) refused += 1;
          if (both.zod !== both.ajv) throw new Error(both.about);
          return true;
        },
      ),
      { numRuns: runs(400) },
    );
    // The test says something only when both verdicts occur.
    expect(compared).toBeGreaterThan(runs(200));
    expect(refused).toBeGreaterThan(runs(50));
  });
});
