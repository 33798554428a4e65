import { expect, test } from '@jest/globals';
import { ruleContext } from '../../src/assess/context.ts';
import { createReader } from '../../src/parse/reader.ts';
import { requireMilestones } from '../../src/rules/require-milestones.ts';
import { mustLoadFrom } from '../config/helpers.ts';
import { testRule } from './helpers.ts';

const now = '2026-11-23T09:00:00Z';

test('the line to copy is as the team’s own template writes it', async () => {
  const { policy } = await mustLoadFrom({
    'policy.yml': 'extends: handbook\n',
    'templates/kr.md': '## Steps\n- [ ] Step 1: What: `add here` Until: `add here` Who: `add here`\n',
    'vocabulary.yml':
      'kinds:\n  kr:\n    sections: { milestones: [Steps] }\n    fields: { description: [What], due-date: [Until], dri: [Who] }\n',
  });
  const reader = createReader(policy.settings.grammar, policy.settings.calendar);
  const document = reader.read('kr', 'Nothing yet.', { title: 'FY27 Q4 KR1 (Keys) Rotate', now });
  const template = reader.template('kr');
  const context = ruleContext({
    document,
    source: '',
    facts: {},
    now,
    calendar: policy.settings.calendar,
    template,
  });
  const reports = [...requireMilestones.bind({ min: 1, max: null })(document, context)];
  expect(reports.map(({ hint }) => hint)).toEqual([
    'Add `## Steps` and a line for each step, such as `- [ ] Step 1: What: What will be done Until: YYYY-MM-DD Who: @username`.',
  ]);
});

testRule(requireMilestones, [
  {
    shows: 'no section, in words, with a line to copy',
    markdown: ['## Objective', 'Fewer leaks.'],
    reports: ['missing'],
    says: [
      'The section “Milestones” is missing. Add `## Milestones` and a line for each step, such as `- [ ] Milestone 1: Description: What will be done Due Date: YYYY-MM-DD DRI: @username`.',
    ],
    pointsAt: [null],
  },
  {
    shows: 'milestones without their heading',
    markdown: ['- [ ] Milestone 1: Description: Policy Due Date: 2026-12-11 DRI: @ann'],
    reports: [],
  },
  { shows: 'only the etc. of the template', markdown: ['## Milestones', '- etc.'], reports: ['empty'] },
  {
    shows: 'too few, in words',
    options: { min: 3 },
    markdown: ['## Milestones', '- [ ] Milestone 1: Description: Policy Due Date: 2026-12-11 DRI: @ann'],
    reports: ['too-few'],
    says: [
      'The section “Milestones” holds 1 milestone; at least 3 wanted. Split the work into smaller steps, each with its own date.',
    ],
  },
]);
