import { z } from 'zod';
import { daysBetween } from '../model/days.ts';
import { defineRule } from './rule.ts';
import { longDate } from './shared/days.ts';
import { milestoneList } from './shared/example-texts.ts';
import { type EvaluatedMilestone, milestonesIn, named } from './shared/milestones.ts';
import { typed } from './shared/words.ts';

const dated = milestoneList(
  {},
  { description: 'Two weeks with fewer than five false alarms', due: '2027-01-22' },
);

export const matchIssueDueDate = defineRule({
  id: 'match-issue-due-date',
  kind: 'kr',
  description: 'The due date of the issue is that of the final milestone.',
  why: 'Boards, calendars and reminders look at the issue’s own due date and know nothing of the milestones. When the two differ, one of them misleads.',
  messages: {
    missing: {
      text: 'The issue has no due date; its final milestone, {milestone}, is due on {date}.',
      hint: 'Set the due date of the issue to {day}.',
    },
    'missing-too': {
      text: 'The issue has no due date.',
      hint: 'When the milestones have their dates, set it to that of the final one.',
    },
    differs: {
      text: 'The issue is due on {issue}, but its final milestone, {milestone}, on {date}.',
      hint: 'Set the due date of the issue to {day}, or correct the milestone.',
    },
    'too-early': {
      text: 'The issue is due on {issue}, before {milestone}, which is due on {date}.',
      hint: 'Set the due date of the issue to that of the final milestone, {day} or later.',
    },
  },
  options: z.strictObject({
    'days-later': z
      .int()
      .min(0)
      .default(0)
      .describe('How many days after the final milestone the issue may be due.'),
  }),
  defaultSeverity: 'error',
  fields: ['issue-due-date'],
  asksFor: 'due-date',
  needs: ['dueDate'],
  examples: [
    {
      shows: 'the due date of the final milestone',
      issue: { dueDate: '2027-01-22' },
      markdown: dated,
      reports: [],
    },
    {
      shows: 'no due date',
      issue: { dueDate: null },
      markdown: dated,
      reports: ['missing'],
    },
    {
      shows: 'another due date',
      issue: { dueDate: '2026-12-31' },
      markdown: dated,
      reports: ['differs'],
    },
    {
      shows: 'a due date before a milestone, while another has no date yet',
      issue: { dueDate: '2026-12-01' },
      markdown: milestoneList({}, { due: 'TBD' }),
      reports: ['too-early'],
    },
    {
      shows: 'a later due date, while a milestone has no date yet',
      issue: { dueDate: '2027-01-22' },
      markdown: milestoneList({}, { due: 'TBD' }),
      reports: [],
    },
    {
      shows: 'no due date, and no milestone that has one',
      issue: { dueDate: null },
      markdown: milestoneList({ due: 'TBD' }),
      reports: ['missing-too'],
    },
  ],
  *check(document, { 'days-later': later }, { issue }) {
    const due = issue.dueDate ?? null;
    const where = { place: null, subject: { part: 'issue' } } as const;
    const counted = milestonesIn(document, ['open', 'done']);
    const dated = counted.filter(({ milestone }) => milestone.dueDate.date !== null);
    const [first, ...others] = dated;
    if (first === undefined) {
      if (due === null) yield { message: 'missing-too', ...where };
      return;
    }
    const final = others.reduce((last, next) => (dayOf(next) >= dayOf(last) ? next : last), first);
    const date = dayOf(final);
    if (due === date) return;
    // A milestone without a certain date may be the final one: then only the other direction can be evaluated.
    const all = document.milestones.every((milestone) => milestone.certain !== false);
    const certain = all && dated.length === counted.length;
    const data = { milestone: named(final).name, date: longDate(date), day: typed(date) };
    // A date that was read with doubt may be asked about; nothing is proposed from it.
    const sure = certain && counted.every(({ milestone }) => milestone.dueDate.certain !== false);
    const proposals = sure ? [{ field: 'issue-due-date', value: date }] : [];
    if (due === null) {
      yield certain
        ? { message: 'missing', data, ...where, proposals }
        : { message: 'missing-too', ...where };
      return;
    }
    const days = daysBetween(date, due);
    if (days < 0 && !certain) {
      yield { message: 'too-early', data: { ...data, issue: longDate(due) }, ...where };
    } else if (days < 0 || (certain && days > later)) {
      yield { message: 'differs', data: { ...data, issue: longDate(due) }, ...where, proposals };
    }
  },
});

const dayOf = ({ milestone }: EvaluatedMilestone): string => milestone.dueDate.date ?? '';
