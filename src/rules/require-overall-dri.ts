import { z } from 'zod';
import type { KrDocument } from '../model/document.ts';
import { counted } from '../text/words.ts';
import { defineRule } from './rule.ts';
import { milestoneList } from './shared/example-texts.ts';
import { plain, typed, usersNamed } from './shared/words.ts';

export const requireOverallDri = defineRule({
  id: 'require-overall-dri',
  kind: 'kr',
  description: 'The issue is assigned to the overall DRI, one person unless the team allows more.',
  why: 'The assignee is the person who answers for the whole Key Result. With no one, or with a crowd, everyone thinks someone else does.',
  messages: {
    none: {
      text: 'No one is assigned to this issue, so it has no overall DRI.',
      hint: 'Assign the issue to {whom}.',
    },
    inactive: {
      text: '{names} has no active account, so no one answers for this KR.',
      hint: 'Assign the issue to someone who can read it.',
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
  fields: ['assignees'],
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
      shows: 'no one',
      issue: { assignees: [] },
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['none'],
    },
    {
      shows: 'no one, while one person is the DRI of every milestone',
      issue: { assignees: [] },
      markdown: milestoneList(
        {},
        { description: 'Two weeks with fewer than five false alarms', due: '2027-01-22' },
      ),
      reports: ['none'],
    },
    {
      shows: 'someone whose account is blocked',
      issue: { assignees: ['tom-b'], inactive: ['tom-b'] },
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['inactive'],
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
  *check(document, { max }, { issue }) {
    const assignees = issue.assignees ?? [];
    const where = { place: null, subject: { part: 'issue' } } as const;
    if (assignees.length === 0) {
      const dri = soleDri(document);
      const whom = dri === null ? answers : `${answers}; every milestone names ${typed(`@${dri}`)}`;
      const proposals = dri === null ? [] : [{ field: 'assignees', value: `@${dri}` }];
      yield { message: 'none', data: { whom }, ...where, proposals };
    } else if (assignees.every((name) => issue.inactive?.has(name.toLowerCase()))) {
      const data = { names: usersNamed(assignees) };
      yield { message: 'inactive', data, ...where };
    } else if (assignees.length > max) {
      const count = counted(assignees.length, 'assignee');
      const data = { count, names: { items: assignees.map(plain), glue: 'and' as const }, max };
      yield { message: 'too-many', data, ...where };
    }
  },
});

const answers = 'the one person who answers for the whole KR';

/** The one person who is named by every milestone, and no one else by any; null: there is no such person. */
function soleDri({ milestones }: KrDocument): string | null {
  const counted = milestones.filter(({ state }) => state !== 'inapplicable');
  const names = new Set(counted.flatMap(({ dris }) => dris.map((name) => name.toLowerCase())));
  const sure = counted.every(
    ({ dris, driProblem, driCertain }) => driProblem === null && dris.length === 1 && driCertain !== false,
  );
  return sure && names.size === 1 ? (counted[0]?.dris[0] ?? null) : null;
}
