import { textFieldRule } from './shared/text-field-rule.ts';

export const requireObjective = textFieldRule({
  id: 'require-objective',
  kind: 'kr',
  description: 'The Objective section says what the KR is to achieve.',
  why: 'The objective is what everything else is measured against. Without it, nobody outside the team can tell whether the milestones lead anywhere.',
  field: 'objective',
  ask: 'what this KR is to achieve and how you will measure it',
  examples: [
    {
      shows: 'an objective',
      markdown: ['## Objective:', 'No credential of ours stays valid for more than fifteen minutes.'],
      reports: [],
    },
    {
      shows: 'no such section',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/3104417'],
      reports: ['missing'],
    },
    {
      shows: 'nothing beneath the heading',
      markdown: [
        '## Objective:',
        '',
        '## Milestones',
        '- [ ] Milestone 1: Description: Push protection enabled for all projects Due Date: 2026-12-11 DRI: @akiko.s',
      ],
      reports: ['empty'],
    },
    {
      shows: 'the question of the template',
      markdown: ['## Objective:', '`what is the desired outcome of this KR? How will you measure success?`'],
      reports: ['placeholder'],
    },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 40 },
      markdown: ['## Objective:', 'Fewer leaks.'],
      reports: ['too-short'],
    },
  ],
  read: (document) => document.objective,
});
