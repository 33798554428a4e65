import { z } from 'zod';
import { addDays } from '../model/days.ts';
import { defineRule } from './rule.ts';
import { longDate } from './shared/days.ts';
import { milestoneList } from './shared/example-texts.ts';
import { intoField, milestonesIn, named } from './shared/milestones.ts';
import { plain, typed } from './shared/words.ts';

export const noOverdueMilestone = defineRule({
  id: 'no-overdue-milestone',
  kind: 'kr',
  description: 'The due date of an open milestone has not passed.',
  why: 'A date that has passed in silence is the commonest way for a KR to go stale. Either the work is done and the box is not ticked, or the plan has changed and the text has not.',
  messages: {
    overdue: {
      text: '{milestone}: it was due on {date} and is still open.',
      hint: '{done}, write a new date behind the old one ({moved}), or {dropped} if it no longer applies.',
    },
  },
  options: z.strictObject({
    'grace-days': z
      .int()
      .min(0)
      .default(0)
      .describe('How many days a milestone may be late before it is reported.'),
  }),
  defaultSeverity: 'warning',
  fields: ['state', 'due-date'],
  asksFor: 'due-date',
  examples: [
    {
      shows: 'a milestone that is still to come, and one that is done',
      markdown: milestoneList({ box: '[x]', due: '2026-11-13' }, {}),
      reports: [],
    },
    {
      shows: 'an open milestone whose day has passed',
      markdown: milestoneList({ due: '2026-11-13' }),
      reports: ['overdue'],
    },
    {
      shows: 'the same, within the days of grace',
      options: { 'grace-days': 14 },
      markdown: milestoneList({ due: '2026-11-13' }),
      reports: [],
    },
    {
      shows: 'a milestone that is due today',
      markdown: milestoneList({ due: '2026-11-23' }),
      reports: [],
    },
  ],
  *check(document, { 'grace-days': grace }, { today, template }) {
    const field = { id: 'due-date', name: plain(template.nameOf('due-date')) } as const;
    for (const one of milestonesIn(document, ['open'])) {
      const { milestone } = one;
      const { date, place, certain } = milestone.dueDate;
      if (certain === false || milestone.stateCertain === false) continue;
      // The days of grace are counted for the few that need them.
      if (date === null || date >= today || addDays(date, grace) >= today) continue;
      const { name, subject, people } = named(one);
      const moved = intoField(milestone, field, `~~${date}~~ YYYY-MM-DD`);
      const boxed = milestone.form === undefined || milestone.form === 'item';
      yield {
        message: 'overdue',
        data: { milestone: name, date: longDate(date), moved, ...(boxed ? onBox : inWords) },
        place: place ?? milestone.place,
        subject,
        people,
        proposals: [{ field: 'due-date', value: null, behindOld: true }],
      };
    }
  },
});

const onBox = { done: 'Tick its box if it is done', dropped: `mark it ${typed('[~]')}` };

/** A row or a heading has no box: its status says it in words. */
const inWords = {
  done: `Give it the status ${typed('done')} if it is done`,
  dropped: `give it the status ${typed('cancelled')}`,
};
