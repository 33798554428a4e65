import { describe, expect, test } from '@jest/globals';
import { withFolder } from '../config/helpers.ts';
import { cli } from '../helpers/capture-io.ts';

const rule = (assert: string, severity = 'error') =>
  `custom:\n  mine:\n    severity: ${severity}\n    description: d\n    assert: ${assert}\n    message: m\n`;
const example = (findings: string) =>
  `examples:\n  - name: an untouched objective\n    markdown: |\n      ## Objective:\n      text\n    rules: [mine]\n    findings: ${findings}\n`;

const division = '10 / (kr.milestones.size() - kr.milestones.size()) > 1';
const costly = `kr.objective.text.size() >= 0 && [${'1,'.repeat(40)}1].all(a, [${'1,'.repeat(40)}1].all(b, [${'1,'.repeat(40)}1].all(c, [${'1,'.repeat(40)}1].all(d, a + b + c + d > 0))))`;

describe.each([
  ['divides by zero', division, /zero/i],
  ['takes too many steps', costly, /too many steps/],
])('a rule that %s', (_, assert, reason) => {
  test.each(['[]', '[mine]'])('fails the example that expects %s', (findings) =>
    withFolder({ 'policy.yml': '', 'kr.yml': rule(assert) + example(findings) }, async (dir) => {
      const { code, stdout } = await cli(['rules', 'test', '--rules', dir]);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^✗ an untouched objective/m);
      expect(stdout).toMatch(/mine could not be evaluated: /);
      expect(stdout).toMatch(reason);
      const json = await cli(['rules', 'test', '--rules', dir, '--format', 'json']);
      expect(JSON.parse(json.stdout)).toMatchObject([{ passed: false, failed: [{ rule: 'mine' }] }]);
    }),
  );

  test.each([example('[]'), ''])(
    'is an error for rules check, with its line, with or without an example',
    (examples) =>
      withFolder({ 'policy.yml': '', 'kr.yml': rule(assert) + examples }, async (dir) => {
        const { code, stdout } = await cli(['rules', 'check', dir]);
        expect(code).toBe(2);
        expect(stdout).toMatch(/kr\.yml:\d+:\d+ error rule-fails/);
        expect(stdout).toMatch(reason);
        expect(stdout).toContain(examples === '' ? 'on any text' : 'in the example "an untouched objective"');
      }),
  );

  test('is left alone where it is off', () =>
    withFolder({ 'policy.yml': '', 'kr.yml': rule(assert, 'off') }, async (dir) => {
      expect((await cli(['rules', 'check', dir])).code).toBe(0);
    }));
});

test('a rule that fails on some texts is warned of', () =>
  withFolder({ 'policy.yml': '', 'kr.yml': rule('10 / kr.milestones.size() >= 0') }, async (dir) => {
    const { code, stdout } = await cli(['rules', 'check', dir]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/warning rule-fails\n.* on \d+ of \d+ texts/)]);
  }));

test('a rule that can be evaluated is in order, also where what it reads is not there', () =>
  withFolder({ 'policy.yml': '', 'kr.yml': rule('kr.title.quarter > 0') + example('[]') }, async (dir) => {
    const { code, stdout } = await cli(['rules', 'check', dir]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('The rules are in order')]);
  }));
