import { requireMilestoneDueDate } from '../../src/rules/require-milestone-due-date.ts';
import { testRule } from './helpers.ts';

const milestones = (...items: string[]) => ['## Milestones', ...items];

testRule(requireMilestoneDueDate, [
  {
    shows: 'two readings, in words',
    markdown: milestones('- [ ] Milestone 1: Description: Policy Due Date: 12/04/2026 DRI: @ann'),
    reports: ['two-readings'],
    says: [
      'Milestone 1: the due date “12/04/2026” can be read in more than one way: 12 April or 4 December? Write the one you mean: `Due Date: 2026-04-12` or `Due Date: 2026-12-04`.',
    ],
    people: [['ann']],
    pointsAt: ['12/04/2026'],
  },
  {
    shows: 'a group as DRI, which is no one to ask',
    markdown: milestones('- [ ] Milestone 1: Description: Policy Due Date: soon DRI: @all'),
    reports: ['not-a-date'],
    people: [[]],
  },
  {
    shows: 'an empty cell of a table, and one without a label',
    markdown: ['## Milestones', '', '| What | Due | DRI |', '|---|---|---|', '| Policy | | @ann |'],
    reports: ['missing'],
    says: [
      'Milestone 1: the due date is missing. Write `YYYY-MM-DD` in the column “Due”, with the day it is due.',
    ],
  },
  {
    shows: 'a day outside the quarter, in words',
    markdown: milestones('- [ ] M3: Policy Due Date: 2027-02-12 DRI: @ann'),
    reports: ['outside-quarter'],
    says: [
      'M3: the due date 12 February 2027 is outside FY27 Q4, which lasts from 1 November 2026 to 31 January 2027. Choose a day in FY27 Q4, for example `Due Date: 2027-01-22`, or correct the quarter in the title.',
    ],
  },
  {
    shows: 'a wrong weekday, in words',
    markdown: milestones('- [ ] Milestone 1: Description: Policy Due Date: Mon, 2026-12-04 DRI: @ann'),
    reports: ['wrong-weekday'],
    says: [
      'Milestone 1: the due date “Mon, 2026-12-04” says Monday, but 4 December 2026 is a Friday. Check which of the two is right and write `Due Date: 2026-12-04`.',
    ],
  },
  {
    shows: 'a wrong weekday, where no one minds',
    options: { weekday: false },
    markdown: milestones('- [ ] Milestone 1: Description: Policy Due Date: Mon, 2026-12-04 DRI: @ann'),
    reports: [],
  },
  {
    shows: 'the first and the last day of the quarter',
    markdown: milestones(
      '- [ ] Milestone 1: Description: Policy Due Date: 2026-11-01 DRI: @ann',
      '- [ ] Milestone 2: Description: Rollout Due Date: EOQ DRI: @ann',
    ),
    reports: [],
  },
  {
    shows: 'days just outside, and the days allowed',
    options: { 'days-before-quarter': 1, 'days-after-quarter': 1 },
    markdown: milestones(
      '- [ ] Milestone 1: Description: Policy Due Date: 2026-10-31 DRI: @ann',
      '- [ ] Milestone 2: Description: Policy Due Date: 2026-10-30 DRI: @ann',
      '- [ ] Milestone 3: Description: Policy Due Date: 2027-02-01 DRI: @ann',
      '- [ ] Milestone 4: Description: Policy Due Date: 2027-02-02 DRI: @ann',
    ),
    reports: ['outside-quarter', 'outside-quarter'],
  },
  {
    shows: 'a day far away in a KR without a quarter',
    title: 'Rotate keys',
    markdown: milestones('- [ ] Milestone 1: Description: Policy Due Date: 2029-12-04 DRI: @ann'),
    reports: [],
  },
  {
    shows: 'a date struck and not replaced, in a milestone that is done',
    markdown: milestones('- [x] Milestone 1: Description: Policy Due Date: ~~2026-11-13~~ DRI: @ann'),
    reports: ['missing'],
  },
  {
    shows: 'a day read with doubt is asked about, in words',
    markdown: milestones('- [ ] Milestone 2: Description: Policy Due Date: Dec 4? DRI: @ann'),
    reports: ['doubtful'],
    says: [
      'Milestone 2: is 4 December 2026 the due date? The text says “Dec 4?”. If so, write `Due Date: 2026-12-04`; if not, the day it is due.',
    ],
    people: [['ann']],
  },
  {
    shows:
      'a day read with doubt: not of what is done, nor one that lies outside the quarter, and never with an error',
    markdown: milestones(
      '- [x] Milestone 1: Description: Policy Due Date: Nov 13? DRI: @ann',
      '- [ ] Milestone 2: Description: Policy Due Date: 2027-02-12? DRI: @ann',
    ),
    reports: ['doubtful'],
  },
  {
    shows: 'a day read with doubt, where the team wants no questions',
    options: { 'ask-when-in-doubt': false },
    markdown: milestones('- [ ] Milestone 2: Description: Policy Due Date: Dec 4? DRI: @ann'),
    reports: [],
  },
]);
