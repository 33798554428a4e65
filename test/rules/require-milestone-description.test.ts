import { requireMilestoneDescription } from '../../src/rules/require-milestone-description.ts';
import { testRule } from './helpers.ts';

const milestones = (...items: string[]) => ['## Milestones', ...items];

testRule(requireMilestoneDescription, [
  {
    shows: 'an untouched line, in words and with its place',
    markdown: milestones('- [ ] Milestone 2: Description: `add here` Due Date: 2026-12-11 DRI: @ann'),
    reports: ['placeholder'],
    says: [
      'Milestone 2: the description is still a placeholder. Say what will be done: `Description: what will be done`.',
    ],
    people: [['ann']],
  },
  { shows: 'an issue as description', markdown: milestones('- [ ] #412'), reports: [] },
  {
    shows: 'one that no longer applies',
    markdown: milestones('- [~] Milestone 1: Description: `add here` Due Date: `add here` DRI: `add here`'),
    reports: [],
  },
  {
    shows: 'one that no longer applies, where the team asks all the same',
    options: { states: ['inapplicable'] },
    markdown: milestones('- [~] Milestone 1: Description: `add here` Due Date: `add here` DRI: `add here`'),
    reports: ['placeholder'],
  },
]);
