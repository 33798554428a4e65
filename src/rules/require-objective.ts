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
      markdown: ['## Objective:', 'Nobody is woken at night unless something is wrong.'],
      reports: [],
    },
    {
      shows: 'no such section',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['missing'],
    },
    {
      shows: 'nothing beneath the heading',
      markdown: [
        '## Objective:',
        '',
        '## Milestones',
        '- [ ] Milestone 1: Description: Alarm rules reviewed with both shifts Due Date: 2026-12-11 DRI: @maya.o',
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
      markdown: ['## Objective:', 'Calm nights.'],
      reports: ['too-short'],
    },
  ],
  read: (document) => document.objective,
});
