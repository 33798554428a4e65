import { noOverdueMilestone } from '../../src/rules/no-overdue-milestone.ts';
import { testRule } from './helpers.ts';

const milestones = (...items: string[]) => ['## Milestones', ...items];

testRule(noOverdueMilestone, [
  {
    shows: 'a day that has passed, in words',
    markdown: milestones('- [ ] Milestone 1: Description: A Due Date: 2026-11-13 DRI: @bo'),
    reports: ['overdue'],
    says: [
      'Milestone 1: it was due on 13 November 2026 and is still open. Tick its box if it is done, write a new date behind the old one (`Due Date: ~~2026-11-13~~ YYYY-MM-DD`), or mark it `[~]` if it no longer applies.',
    ],
    people: [['bo']],
    pointsAt: ['2026-11-13'],
  },
  {
    shows: 'a row of a table, which has no box',
    markdown: [
      '## Milestones',
      '',
      '| What | Due | DRI | Status |',
      '|---|---|---|---|',
      '| Policy | 2026-11-13 | @bo | open |',
    ],
    reports: ['overdue'],
    says: [
      'Milestone 1: it was due on 13 November 2026 and is still open. Give it the status `done` if it is done, write a new date behind the old one (`~~2026-11-13~~ YYYY-MM-DD` in the column “Due”), or give it the status `cancelled` if it no longer applies.',
    ],
  },
  {
    shows: 'the last day of grace, and the day after',
    options: { 'grace-days': 7 },
    markdown: milestones(
      '- [ ] Milestone 1: Description: A Due Date: 2026-11-16 DRI: @bo',
      '- [ ] Milestone 2: Description: B Due Date: 2026-11-15 DRI: @bo',
    ),
    reports: ['overdue'],
  },
  {
    shows: 'one that no longer applies, and one without a certain date',
    markdown: milestones(
      '- [~] Milestone 1: Description: A Due Date: 2026-11-13 DRI: @bo',
      '- [ ] Milestone 2: Description: B Due Date: 09/10/2026 DRI: @bo',
    ),
    reports: [],
  },
]);
