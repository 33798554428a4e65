import { describe, expect, test } from '@jest/globals';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { ourRules as rules } from '../../src/config/our-rules.ts';
import { setRules } from '../../src/rules/index.ts';
import { loadFrom, mustLoad, mustLoadFrom } from './helpers.ts';

test.each(['KR', '[KR]'])('select.labels: %s is one label', async (labels) => {
  const { policy } = await mustLoadFrom({
    'policy.yml': `select: { labels: ${labels}, without-labels: draft }\n`,
  });
  expect(policy.settings.select).toMatchObject({ labels: ['KR'], notLabels: ['draft'] });
});

describe('our own rule files', () => {
  const isOff = (rule: object) => 'offAtFirst' in rule && rule.offAtFirst === true;

  test('load without an error and switch every rule on that the handbook asks for', async () => {
    const loaded = await loadPolicy(builtInRulesDir);
    expect(loaded.ok ? loaded.warnings : loaded.errors).toEqual([]);
    if (!loaded.ok) return;
    expect(loaded.policy.rules.map((rule) => rule.id)).toEqual(
      rules.filter((rule) => !isOff(rule)).map((rule) => rule.id),
    );
    expect(loaded.policy.setRules.map((rule) => rule.id)).toEqual(setRules.map((rule) => rule.id));
  });

  test('say every default in full: what they write is what a rule does by itself', async () => {
    const { entries } = await mustLoad(builtInRulesDir);
    for (const rule of [...rules, ...setRules]) {
      const entry = entries.find((each) => each.id === rule.id);
      expect([rule.id, entry?.severity, entry?.options]).toEqual([
        rule.id,
        isOff(rule) ? 'off' : rule.defaultSeverity,
        rule.options.parse({}),
      ]);
    }
  });

  test('an empty policy.yml is the same policy', async () => {
    const ours = await mustLoad(builtInRulesDir);
    const empty = await loadFrom({ 'policy.yml': '' });
    if (!empty.ok) throw new Error('does not load');
    expect(empty.policy.settings).toEqual(ours.policy.settings);
    expect(empty.policy.rules.map(({ id, severity, options }) => ({ id, severity, options }))).toEqual(
      ours.policy.rules.map(({ id, severity, options }) => ({ id, severity, options })),
    );
  });
});
