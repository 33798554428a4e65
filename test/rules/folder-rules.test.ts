import { describe, expect, test } from '@jest/globals';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createReader } from '../../src/parse/reader.ts';
import { folderRules } from '../../src/rules/index.ts';
import { runFolderExample } from '../../src/usecases/plans/example.ts';

const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('our own rules have errors');
const { grammar, calendar } = loaded.policy.settings;
const reader = createReader(grammar, calendar);

describe.each(folderRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test.each(rule.examples.map((example) => [example.shows, example] as const))('%s', (_shows, example) => {
    const reports = runFolderExample(rule, example, reader);
    expect(reports.map(({ path, messageId }) => `${path}: ${messageId}`)).toEqual(example.reports);
    for (const { message, hint } of reports) expect(`${message} ${hint}`).not.toMatch(/\{\w+\}/);
  });

  test('reports some examples and not others, and each message in one of them', () => {
    expect(new Set(rule.examples.map(({ reports }) => reports.length === 0))).toEqual(new Set([true, false]));
    const reported = new Set(
      rule.examples.flatMap(({ reports }) => reports.map((one) => one.split(': ')[1])),
    );
    expect(reported).toEqual(new Set(Object.keys(rule.messages)));
  });

  test('has nothing to say of an empty folder', () => {
    expect(runFolderExample(rule, { shows: '', pages: {}, online: {}, reports: [] }, reader)).toEqual([]);
  });
});
