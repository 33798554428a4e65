import { z } from 'zod';
import { counted, enumerateFirst } from '../text/words.ts';
import { defineRule } from './rule.ts';
import { milestonesIn, named } from './shared/milestones.ts';
import { quote } from './shared/words.ts';

const milestone = (box: string) =>
  `- ${box} Milestone 1: Description: Alarm rules reviewed Due Date: 2026-11-13 DRI: @maya.o`;

/** How many milestones one message names. */
const mostNamed = 3;

export const noClosedWithOpenMilestones = defineRule({
  id: 'no-closed-with-open-milestones',
  kind: 'kr',
  description: 'A closed KR has no open milestones.',
  why: 'A closed KR with open milestones counts as done on one page and as undone on the next. What was dropped is marked `[~]`, and then everyone can see it.',
  messages: {
    open: {
      text: 'The issue is closed, but {open} open: {names}.',
      hint: 'Tick what is done and mark `[~]` what was dropped, or reopen the issue.',
    },
  },
  options: z.strictObject({}),
  defaultSeverity: 'warning',
  offAtFirst: true,
  aboutClosed: true,
  needs: ['state'],
  fields: ['milestones'],
  examples: [
    {
      shows: 'closed, and everything is done or dropped',
      issue: { state: 'closed' },
      markdown: ['## Milestones', milestone('[x]'), milestone('[~]')],
      reports: [],
    },
    {
      shows: 'closed with an open milestone',
      issue: { state: 'closed' },
      markdown: ['## Milestones', milestone('[ ]')],
      reports: ['open'],
    },
    {
      shows: 'a table without a column that says what is done',
      issue: { state: 'closed' },
      markdown: [
        '## Milestones',
        '| Milestone | Due Date | DRI |',
        '|---|---|---|',
        '| Alarm rules reviewed | 2026-12-04 | @maya.o |',
      ],
      reports: [],
    },
    {
      shows: 'open, as the issue is',
      issue: { state: 'opened' },
      markdown: ['## Milestones', milestone('[ ]')],
      reports: [],
    },
  ],
  *check(document, _options, { issue }) {
    if (issue.state !== 'closed') return;
    // A row without a status column does not say that it is still open.
    const open = milestonesIn(document, ['open']).filter(({ milestone }) => milestone.stateCertain !== false);
    if (open.length === 0) return;
    const names = open.map((one) => quote(named(one).name));
    yield {
      message: 'open',
      data: {
        open: `${counted(open.length, 'milestone')} ${open.length === 1 ? 'is' : 'are'}`,
        names: enumerateFirst(names, mostNamed),
      },
      place: open[0]?.milestone.place ?? null,
      subject: { part: 'issue' },
    };
  },
});
