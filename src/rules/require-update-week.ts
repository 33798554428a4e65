import { z } from 'zod';
import { defineRule } from './rule.ts';
import { longDate, weekday } from './shared/days.ts';
import { weeklyUpdate } from './shared/example-texts.ts';
import { orTyped, quote, typed } from './shared/words.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const requireUpdateWeek = defineRule({
  id: 'require-update-week',
  kind: 'weekly-update',
  description: 'The update says which week it is about, by a date.',
  why: 'Updates are written late, early and twice. Only the date of the week tells which one is the latest and which week is missing.',
  messages: {
    missing: {
      text: 'The date of the week is missing.',
      hint: 'Write the day the week began, such as {example}.',
    },
    placeholder: {
      text: 'The date of the week is still a placeholder: {found}.',
      hint: 'Write the day the week began, such as {example}.',
    },
    'not-a-date': {
      text: 'The week {found} does not name a day.',
      hint: 'Write the day the week began, such as {example}.',
    },
    ambiguous: {
      text: 'The week {found} can be read in more than one way.',
      hint: 'Write the day you mean as year-month-day: {choices}.',
    },
    impossible: {
      text: 'There is no such day as {found}.',
      hint: 'Write the day the week began, such as {example}.',
    },
    'wrong-first-day': {
      text: 'The week is said to begin on {date}, a {actual}.',
      hint: 'Weeks begin on a {wanted} here; write its date.',
    },
  },
  options: z.strictObject({
    'first-day': z
      .enum(weekdays)
      .nullable()
      .default(null)
      .describe('The weekday an update’s week must begin on, such as `Monday`; null: any.'),
  }),
  defaultSeverity: 'error',
  fields: ['week'],
  examples: [
    {
      shows: 'the day the week began',
      markdown: weeklyUpdate({ week: '2026-11-16' }),
      reports: [],
    },
    {
      shows: 'the words of the template',
      markdown: weeklyUpdate({ week: 'YYYY-MM-DD' }),
      reports: ['placeholder'],
    },
    { shows: 'no date', markdown: ['## Weekly KR Update', 'Status: On Track'], reports: ['missing'] },
    {
      shows: 'words that name no day',
      markdown: weeklyUpdate({ week: 'last sprint' }),
      reports: ['not-a-date'],
    },
    {
      shows: 'a date with two readings',
      markdown: weeklyUpdate({ week: '11/12/2026' }),
      reports: ['ambiguous'],
    },
    {
      shows: 'a day that does not exist',
      markdown: weeklyUpdate({ week: '2026-11-31' }),
      reports: ['impossible'],
    },
    {
      shows: 'a Wednesday, where weeks begin on Monday',
      options: { 'first-day': 'Monday' },
      markdown: weeklyUpdate({ week: '2026-11-18' }),
      reports: ['wrong-first-day'],
    },
  ],
  *check({ weekOf }, { 'first-day': wanted }) {
    const where = { place: weekOf.place ?? null, subject: { part: 'section', name: 'week' } } as const;
    const found = quote(weekOf.raw);
    const example = typed('2026-11-16');
    if (weekOf.date !== null) {
      const actual = weekday(weekOf.date);
      if (wanted === null || actual === wanted) return;
      yield { message: 'wrong-first-day', data: { date: longDate(weekOf.date), actual, wanted }, ...where };
    } else {
      const choices = weekOf.readings?.length ? orTyped(weekOf.readings) : example;
      yield { message: weekOf.problem ?? 'missing', data: { found, example, choices }, ...where };
    }
  },
});
