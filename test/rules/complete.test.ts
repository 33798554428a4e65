import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { staleDocs } from '../../src/cli/rules-docs.ts';
import { ourRules as rules } from '../../src/config/our-rules.ts';
import { documentKinds } from '../../src/kinds/index.ts';
import { folderRules, setRules } from '../../src/rules/index.ts';
import { requireText } from '../../src/rules/require-text.ts';
import { defineRules } from '../../src/rules/rule.ts';

const root = new URL('../../', import.meta.url);
const all = [...rules, ...setRules, ...folderRules];

function entriesOf(kind: string): Record<string, { severity?: string; options?: Record<string, unknown> }> {
  return (parse(readFileSync(new URL(`rules/${kind}.yml`, root), 'utf8')) as { rules: never }).rules;
}

test('every file in src/rules is a rule that is listed, and the other way round', () => {
  const files = readdirSync(new URL('src/rules/', root)).filter((file) => file.endsWith('.ts'));
  const texts = new Set(Object.values(requireText).flatMap((required) => required.map(({ id }) => id)));
  const fileOf = (rule: { id: string; family?: string }) =>
    texts.has(rule.id) ? 'require-text' : (rule.family ?? rule.id);
  const expected = [
    ...new Set(all.map((rule) => `${fileOf(rule)}.ts`)),
    'folder-rule.ts',
    'index.ts',
    'rule.ts',
    'set-rule.ts',
  ];
  expect(files.sort()).toEqual(expected.sort());
});

test('every rule about KRs that reads texts has a test of its name', () => {
  const named = rules.filter(({ kind, id }) => kind === 'kr' && id !== 'require-objective');
  const files = named.map(({ id, family = id }) => `test/rules/${family}.test.ts`);
  expect(files.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});

test('the pages of documentation, and the table in the README, are up to date', async () => {
  expect([...(await staleDocs()).keys()]).toEqual([]);
});

test('there is no page without a rule', () => {
  const pages = readdirSync(new URL('docs/rules/', root)).sort();
  expect(pages).toEqual([...all.map(({ id }) => `${id}.md`), 'README.md'].sort());
});

test('every kind has a file in each preset that takes nothing over', () => {
  const kinds = readdirSync(new URL('rules/presets/minimal/', root)).filter((file) => file !== 'policy.yml');
  expect(kinds).toEqual([...documentKinds].map((kind) => `${kind}.yml`).sort());
});

test('a rule for several kinds has an id for each, its own where one is given', () => {
  const loud = defineRules({
    id: 'no-shouting',
    kinds: ['kr', 'plan'],
    ids: { plan: 'no-shouting-page' },
    description: 'Nothing is in capitals.',
    why: 'Capitals are hard to read.',
    messages: { capitals: { text: 'This is in capitals.' } },
    options: z.strictObject({}),
    defaultSeverity: 'info',
    examples: [{ shows: 'a quiet text', markdown: ['Quiet.'], reports: [] }],
    *check() {},
  });
  expect(loud(['kr', 'okr', 'plan']).map(({ examples }) => examples[0]?.shows)).toEqual([
    'a quiet text',
    'a quiet text',
  ]);
  expect(loud(['kr', 'okr', 'plan']).map(({ id, family, kind }) => [id, family, kind])).toEqual([
    ['no-shouting-kr', 'no-shouting', 'kr'],
    ['no-shouting-page', 'no-shouting', 'plan'],
  ]);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

describe.each(all.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const kind = 'kind' in rule ? rule.kind : 'kr';

  test('is named and described as rules are', () => {
    expect(id).toMatch(/^(require|no|match|close)(-[a-z]+)+$/);
    expect(rule.description).toMatch(/^[A-Z].*\.$/);
    expect(rule.why).toMatch(/^[A-Z].*\.$/);
  });

  test('has options that explain themselves and have defaults', () => {
    const { properties = {}, additionalProperties } = z.toJSONSchema(rule.options, { io: 'input' });
    expect(additionalProperties).toBe(false);
    for (const [name, schema] of Object.entries(properties)) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(schema).toHaveProperty('default');
      expect(schema).toMatchObject({ description: expect.stringMatching(/\.$/) });
    }
  });

  test(`is in rules/${kind}.yml with its severity and every option at its default`, () => {
    const entry = entriesOf(kind)[id];
    expect(entry?.severity).toBe('offAtFirst' in rule && rule.offAtFirst ? 'off' : rule.defaultSeverity);
    expect(entry?.options ?? {}).toEqual(rule.options.parse({}));
  });

  if ('messages' in rule) {
    test('says what is wrong and what to do', () => {
      for (const [messageId, { text, hint }] of Object.entries(rule.messages)) {
        expect(messageId).toMatch(/^[a-z]+(-[a-z]+)*$/);
        expect(text).toMatch(/[.?]$/);
        expect(hint).toMatch(/\.$/);
      }
    });
  }
});
