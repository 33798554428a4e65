import { matchIssueDueDate } from '../../src/rules/match-issue-due-date.ts';
import { testRule } from './helpers.ts';

const milestones = (...items: string[]) => ['## Milestones', ...items];

testRule(matchIssueDueDate, [
  {
    shows: 'a difference, in words',
    issue: { dueDate: '2026-12-31' },
    markdown: milestones(
      '- [ ] Milestone 1: Description: A Due Date: 2026-12-08 DRI: @bo',
      '- [ ] Milestone 2: Description: B Due Date: 2027-01-22 DRI: @bo',
    ),
    reports: ['differs'],
    says: [
      'The issue is due on 31 December 2026, but its final milestone, Milestone 2, on 22 January 2027. Set the due date of the issue to `2027-01-22`, or correct the milestone.',
    ],
    pointsAt: [null],
  },
  {
    shows: 'a final milestone that no longer applies',
    issue: { dueDate: '2026-12-08' },
    markdown: milestones(
      '- [ ] Milestone 1: Description: A Due Date: 2026-12-08 DRI: @bo',
      '- [~] Milestone 2: Description: B Due Date: 2027-01-22 DRI: @bo',
    ),
    reports: [],
  },
  {
    shows: 'milestones that are not in the order of their dates',
    issue: { dueDate: null },
    markdown: milestones(
      '- [ ] Milestone 1: Description: B Due Date: 2027-01-22 DRI: @bo',
      '- [x] Milestone 2: Description: A Due Date: 2026-12-08 DRI: @bo',
    ),
    reports: ['missing'],
    says: [
      'The issue has no due date; its final milestone, Milestone 1, is due on 22 January 2027. Set the due date of the issue to `2027-01-22`.',
    ],
  },
  {
    shows: 'a few days later, where that is allowed',
    issue: { dueDate: '2027-01-25' },
    options: { 'days-later': 3 },
    markdown: milestones('- [ ] Milestone 1: Description: B Due Date: 2027-01-22 DRI: @bo'),
    reports: [],
  },
  {
    shows: 'a due date and no milestones',
    issue: { dueDate: '2027-01-25' },
    markdown: ['## Objective', 'Fewer leaks.'],
    reports: [],
  },
]);
