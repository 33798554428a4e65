import { z } from 'zod';
import { defineRule } from './rule.ts';
import { count, enumerate, plain } from './shared/words.ts';

export const requireOverallDri = defineRule({
  id: 'require-overall-dri',
  kind: 'kr',
  description: 'The issue is assigned to the overall DRI, one person unless the team allows more.',
  why: 'The assignee is the person who answers for the whole Key Result. With nobody, or with a crowd, everyone thinks somebody else does.',
  messages: {
    none: {
      text: 'Nobody is assigned to this issue, so it has no overall DRI.',
      hint: 'Assign the issue to the one person who answers for the whole KR.',
    },
    'too-many': {
      text: 'This issue has {count}, {names}; at most {max} wanted.',
      hint: 'Keep the overall DRI as assignee; name the others as DRI of their milestones.',
    },
  },
  options: z.strictObject({
    max: z.int().min(1).default(1).describe('How many assignees an issue may have.'),
  }),
  defaultSeverity: 'error',
  needs: ['assignees'],
  evenUnread: true,
  examples: [
    {
      shows: 'one assignee',
      issue: { assignees: ['maya.o'] },
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: [],
    },
    {
      shows: 'nobody',
      issue: { assignees: [] },
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['none'],
    },
    {
      shows: 'two people',
      issue: { assignees: ['maya.o', 'tom-b'] },
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['too-many'],
    },
    {
      shows: 'two people, where the team allows them',
      issue: { assignees: ['maya.o', 'tom-b'] },
      options: { max: 2 },
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: [],
    },
  ],
  *check(_document, { max }, { issue }) {
    const assignees = issue.assignees ?? [];
    const where = { place: null, subject: { part: 'issue' } } as const;
    if (assignees.length === 0) {
      yield { message: 'none', ...where };
    } else if (assignees.length > max) {
      const data = {
        count: count(assignees.length, 'assignee'),
        names: enumerate(assignees.map(plain)),
        max,
      };
      yield { message: 'too-many', data, ...where };
    }
  },
});
