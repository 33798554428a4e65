import { requireText } from '../../src/rules/require-text.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { testRule } from './helpers.ts';

const requireObjective = requireText.kr[0] as Rule;

testRule(requireObjective, [
  {
    shows: 'no section, in words',
    markdown: ['## Milestones'],
    reports: ['missing'],
    says: [
      'The section “Objective” is missing. Add `## Objective` and beneath it what this KR is to achieve and how you will measure it.',
    ],
  },
  {
    shows: 'the question of the template, in words',
    markdown: ['## Objective:', '`what is the desired outcome of this KR? How will you measure success?`'],
    reports: ['placeholder'],
    says: [
      'The section “Objective” holds nothing but a placeholder: “what is the desired outcome of this KR? How will you measur…”. Put in its place what this KR is to achieve and how you will measure it.',
    ],
  },
  { shows: 'an objective on the heading line', markdown: ['## Objective: Stop leaks'], reports: [] },
  {
    shows: 'only a picture and a comment',
    markdown: ['## Objective', '<!-- later -->', '', '## Milestones'],
    reports: ['empty'],
  },
]);
