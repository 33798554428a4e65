import { requireMilestones } from '../../src/rules/require-milestones.ts';
import { testRule } from './helpers.ts';

testRule(requireMilestones, [
  {
    shows: 'no section, in words, with a line to copy',
    markdown: ['## Objective', 'Fewer leaks.'],
    reports: ['missing'],
    says: [
      'The section “Milestones” is missing. Add `## Milestones` and a line for each step, such as `- [ ] Milestone 1: Description: What will be done Due Date: 2027-01-22 DRI: @username`.',
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
