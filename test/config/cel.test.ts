import { describe, expect, test } from '@jest/globals';
import { ruleContext } from '../../src/assess/context.ts';
import { evaluate } from '../../src/assess/evaluate.ts';
import type { DocumentKind } from '../../src/model/document.ts';
import type { IssueFacts } from '../../src/model/rule.ts';
import { createReader } from '../../src/parse/reader.ts';
import { mustLoadFrom } from './helpers.ts';

const now = '2026-11-23T09:00:00Z';
const title = 'FY27 Q4 KR1 (Keys) Rotate all keys';
const text = `## Objective:
Every key is younger than ninety days.
## Milestones
- [x] Milestone 1: Description: List of keys Due Date: 2026-11-13 DRI: @ann
- [ ] Milestone 2: Description: Rotation Due Date: 2027-03-01 DRI: @bo, @ann
- [ ] Milestone 3: Description: Report Due Date: TBD DRI: @ann
`;

/** What one custom rule finds. */
async function find(
  lines: string[],
  options: { source?: string; facts?: IssueFacts; kind?: DocumentKind; title?: string } = {},
) {
  const { source = text, kind = 'kr', facts = { title } } = options;
  const rule = [
    'extends: []',
    'custom:',
    '  mine:',
    '    description: d',
    ...lines.map((line) => `    ${line}`),
  ];
  const { policy } = await mustLoadFrom({ 'policy.yml': '', [`${kind}.yml`]: rule.join('\n') });
  const reader = createReader(policy.settings.grammar, policy.settings.calendar);
  const document = reader.read(kind, source, { title: options.title ?? title, now });
  const rules = policy.rules.filter((each) => each.kind === kind);
  const context = ruleContext({
    document,
    source,
    facts,
    now,
    calendar: policy.settings.calendar,
    template: reader.template(kind),
  });
  return evaluate(document, rules, context);
}

const asserting = async (expression: string, options = {}) => {
  const { findings, skipped } = await find([`assert: ${JSON.stringify(expression)}`, 'message: m'], options);
  return skipped.length > 0 ? skipped[0]?.reason : findings.length === 0;
};

describe('custom rules', () => {
  test.each<[string, boolean]>([
    ['kr.milestones.size() == 3', true],
    ['kr.milestones.exists(m, m.state == "done")', true],
    ['kr.milestones.all(m, m.dris.size() > 0)', true],
    ['kr.milestones.all(m, m.dueDate <= kr.quarter.end)', false],
    ['kr.milestones.filter(m, has(m.dueDate)).all(m, m.dueDate <= "2027-12-31")', true],
    ['kr.milestones[1].dris == ["bo", "ann"]', true],
    ['kr.objective.text.size() > 40', false],
    ['kr.objective.text.matches("(?i)EVERY .* days")', true],
    ['kr.title.quarter == 4 && kr.title.fiscalYear == 2027', true],
    ['"ann" in kr.milestones[0].dris', true],
    ['daysBetween(today, kr.quarter.end) > 60', true],
    ['kr.okrLink.problem == "missing"', true],
    ['text.contains("## Milestones")', true],
  ])('%s is %s', async (expression, expected) => {
    expect(await asserting(expression)).toBe(expected);
  });

  test('each milestone by itself: place, people and name', async () => {
    const { findings } = await find([
      'severity: error',
      'for-each: milestone',
      'when: has(milestone.dueDate)',
      'assert: milestone.dueDate <= kr.quarter.end',
      'message: "{{ milestone.name }} ends on {{ milestone.dueDate }}, {{ daysBetween(kr.quarter.end, milestone.dueDate) }} days late."',
      'hint: "One of {{ milestone.dris }} knows."',
    ]);
    expect(findings).toMatchObject([
      {
        rule: 'mine',
        severity: 'error',
        message: 'Milestone 2 ends on 2027-03-01, 29 days late.',
        hint: 'One of bo, ann knows.',
        people: ['bo', 'ann'],
        place: { start: { line: 5 } },
        subject: { part: 'milestone', index: 1, label: 'Milestone 2' },
      },
    ]);
  });

  test('what is not there cannot be evaluated: no finding, no crash', async () => {
    expect(await asserting('kr.quarter.end > "2030"', { title: 'no quarter' })).toBe(true);
    expect(await asserting('kr.milestones[2].dueDate > "2030"')).toBe(true);
  });

  const untouched =
    '## Objective:\n`what is the desired outcome of this KR? How will you measure success?`\n';
  const empty = '## Objective:\n\n## Milestones\n- [ ] Milestone 1: Due Date: 2026-12-04 DRI: @ann\n';

  test.each([
    ['missing', '## Milestones\n'],
    ['placeholder', untouched],
    ['empty', empty],
  ])(
    'a text that no one wrote (%s) is not evaluated by its length; its problem is',
    async (problem, source) => {
      expect(await asserting('kr.objective.text.size() > 4000', { source })).toBe(true);
      expect(await asserting('has(kr.objective.text)', { source })).toBe(false);
      expect(await asserting(`kr.objective.problem == "${problem}"`, { source })).toBe(true);
      expect(await asserting('kr.objective.text.size() > 4000')).toBe(false);
    },
  );

  test('neither are a description, the people of a milestone or a list that no one wrote', async () => {
    const each = ['for-each: milestone', 'message: m'];
    const complaints = async (expression: string, source: string) =>
      (await find([`assert: ${JSON.stringify(expression)}`, ...each], { source })).findings.length;
    expect(await complaints('milestone.description.size() > 900', empty)).toBe(0);
    expect(await complaints('milestone.descriptionProblem == ""', empty)).toBe(1);
    expect(await complaints('milestone.description.size() > 900', text)).toBe(3);
    expect(
      await complaints('milestone.driText == "x"', '## Milestones\n- [ ] Milestone 1: Description: y\n'),
    ).toBe(0);
    const update = {
      kind: 'weekly-update' as const,
      title: '',
      source: '## Weekly KR Update for the week of 2026-11-16\n',
    };
    expect(await asserting('update.completed.items > 0', update)).toBe(true);
    expect(await asserting('update.status.raw == "x"', update)).toBe(true);
  });

  test('an unknown fact of the issue is named, as for every rule', async () => {
    expect(await asserting('"KR" in issue.labels', { facts: { title } })).toBe(
      "not known here: the issue's labels",
    );
    expect(await asserting('"KR" in issue.labels', { facts: { title, labels: [] } })).toBe(false);
    expect(await asserting('issue.milestone == "x"', { facts: { title } })).toContain('GitLab milestone');
  });

  test('an expression that fails is a skipped rule with the reason', async () => {
    expect(await asserting('1 / (kr.milestones.size() - 3) == 1')).toBe('the rule failed: division by zero');
    expect(await asserting('daysBetween("x", today) > 1')).toContain('not a date');
  });

  test('values in a message stay one line, short, and without back-ticks', async () => {
    const source = `## Objective:\n\`/close\` @all ${'long '.repeat(200)}\n\n/close\n`;
    const { findings } = await find(['assert: "false"', 'message: "It says {{ kr.objective.text }}"'], {
      source,
    });
    expect(findings[0]?.message).not.toMatch(/[\n`]/);
    expect(findings[0]?.message.length).toBeLessThan(300);
  });

  test.each([
    [
      'weekly-update',
      'update.percentComplete.value >= 50.0 && update.status.value == "on-track"',
      '## Weekly KR Update for the week of 2026-11-16\nStatus: On Track\nPercentage complete: 60%\n',
    ],
    [
      'okr',
      'okr.dependencies.all(d, d.stakeholders.size() > 0) && okr.dependencies.size() == 1',
      '### Dependencies:\n* [ ] Budget (@ann)\n',
    ],
    ['check-in', 'checkIn.status.value == "at-risk"', '## Weekly update\nAt Risk\n'],
    ['plan', 'plan.epics.size() == 1', '# Plan\nEpic: https://gitlab.com/groups/a/-/epics/3\n'],
  ] as const)('documents of the kind %s', async (kind, expression, source) => {
    expect(await asserting(expression, { kind, source, title: '' })).toBe(true);
  });
});

describe('the cost of a custom rule', () => {
  const many = `## Milestones\n${Array.from({ length: 300 }, (_, index) => `- [ ] Milestone ${index}: Description: ${'x'.repeat(60)} Due Date: 2026-12-04 DRI: @ann`).join('\n')}\n`;
  const bombs = [
    'kr.milestones.all(a, kr.milestones.all(b, kr.milestones.all(c, kr.milestones.all(d, a.name != "x" || b.name == c.name))))',
    'kr.milestones.exists(a, kr.milestones.exists(b, kr.milestones.exists(c, a.name + b.name == c.name)))',
    `["${'x'.repeat(100)}"]${'.map(a, a + a)'.repeat(18)}[0].size() > 3`,
    `[[1]]${'.map(a, a + a)'.repeat(18)}[0].size() > 3`,
    'kr.milestones.map(a, kr.milestones.map(b, text)).size() == 3',
    'kr.milestones.map(m, text).join("").size() == 3 && kr.milestones.map(m, kr.milestones.map(n, text).join("")).size() > 1',
    'kr.milestones.all(a, kr.milestones.all(b, text.matches("(x+x+)+y") || true))',
    'text.split("").all(a, text.split("").all(b, a != b || true))',
  ];

  test.each(bombs)('%s', async (expression) => {
    const outcome = await asserting(expression, { source: many });
    expect(outcome).toContain('too many steps');
  });

  test('a budget is not spent by others: the next document begins anew', async () => {
    expect(
      await asserting('kr.milestones.all(a, kr.milestones.all(b, a.dris == b.dris))', { source: text }),
    ).toBe(false);
  });
});
