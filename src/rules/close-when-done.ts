import { z } from 'zod';
import { defineRule } from './rule.ts';
import { typed } from './shared/words.ts';

const milestone = (box: string) =>
  `- ${box} Milestone 1: Description: Alarm rules reviewed Due Date: 2026-11-13 DRI: @maya.o`;

export const closeWhenDone = defineRule({
  id: 'close-when-done',
  kind: 'kr',
  description: 'A KR whose milestones are all done is closed.',
  why: 'An issue that is done and open asks for updates, reminders and reading for weeks. Closing it is the good news.',
  messages: {
    done: {
      text: 'All milestones are done, and the issue is still open.',
      hint: 'Close it ({close} in a comment does it), or add the milestone that is still to come.',
    },
  },
  options: z.strictObject({}),
  defaultSeverity: 'warning',
  offAtFirst: true,
  needs: ['state'],
  fields: ['state'],
  examples: [
    {
      shows: 'everything is done or dropped, and the issue is open',
      issue: { state: 'opened' },
      markdown: ['## Milestones', milestone('[x]'), milestone('[~]')],
      reports: ['done'],
    },
    {
      shows: 'something is still to come',
      issue: { state: 'opened' },
      markdown: ['## Milestones', milestone('[x]'), milestone('[ ]')],
      reports: [],
    },
    {
      shows: 'done and closed',
      issue: { state: 'closed' },
      markdown: ['## Milestones', milestone('[x]')],
      reports: [],
    },
  ],
  *check({ milestones, milestonesPlace }, _options, { issue }) {
    if (issue.state !== 'opened') return;
    const counted = milestones.filter(({ state }) => state !== 'inapplicable');
    if (counted.length === 0 || counted.some(({ state, certain }) => state === 'open' || certain === false))
      return;
    yield {
      message: 'done',
      data: { close: typed('/close') },
      place: milestonesPlace ?? null,
      subject: { part: 'issue' },
    };
  },
});
