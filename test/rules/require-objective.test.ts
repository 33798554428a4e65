import { requireObjective } from '../../src/rules/require-objective.ts';
import { testRule } from './helpers.ts';

testRule(requireObjective, [
  {
    shows: 'no section, in words',
    markdown: ['## Milestones'],
    reports: ['missing'],
    says: [
      'The Objective section is missing. Add `## Objective` and beneath it what this KR is to achieve and how you will measure it.',
    ],
  },
  {
    shows: 'the question of the template, in words',
    markdown: ['## Objective:', '`what is the desired outcome of this KR? How will you measure success?`'],
    reports: ['placeholder'],
    says: [
      'The Objective section still holds only the template’s words: “what is the desired outcome of this KR? How will you measur…”. Replace them by what this KR is to achieve and how you will measure it.',
    ],
  },
  { shows: 'an objective on the heading line', markdown: ['## Objective: Stop leaks'], reports: [] },
  {
    shows: 'only a picture and a comment',
    markdown: ['## Objective', '<!-- later -->', '', '## Milestones'],
    reports: ['empty'],
  },
]);
