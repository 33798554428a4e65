import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { staleDocs } from '../../src/cli/rules-docs.ts';
import { folderRules, rules, setRules } from '../../src/rules/index.ts';

const root = new URL('../../', import.meta.url);
const all = [...rules, ...setRules, ...folderRules];

function entriesOf(kind: string): Record<string, { severity?: string; options?: Record<string, unknown> }> {
  return (parse(readFileSync(new URL(`rules/${kind}.yml`, root), 'utf8')) as { rules: never }).rules;
}

test('every file in src/rules is a rule that is listed, and the other way round', () => {
  const files = readdirSync(new URL('src/rules/', root)).filter((file) => file.endsWith('.ts'));
  const expected = [
    ...all.map(({ id }) => `${id}.ts`),
    'folder-rule.ts',
    'index.ts',
    'rule.ts',
    'set-rule.ts',
  ];
  expect(files.sort()).toEqual(expected.sort());
});

test('every rule about KRs that reads texts has a test of its name', () => {
  const named = rules.filter(({ kind, id }) => kind === 'kr' && id !== 'no-unreadable-text');
  expect(named.filter(({ id }) => !existsSync(new URL(`test/rules/${id}.test.ts`, root)))).toEqual([]);
});

test('the pages of documentation, and the table in the README, are up to date', async () => {
  expect([...(await staleDocs()).keys()]).toEqual([]);
});

test('there is no page without a rule', () => {
  const pages = readdirSync(new URL('docs/rules/', root)).sort();
  expect(pages).toEqual([...all.map(({ id }) => `${id}.md`), 'README.md'].sort());
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
