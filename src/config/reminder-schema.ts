import { z } from 'zod';
import { isDay } from '../model/days.ts';
import { answererKinds } from '../model/policy.ts';
import { parseHoliday } from './holidays.ts';

/** User names as GitLab allows them, without `@`. */
export const userNamesSchema = z
  .array(
    z
      .string()
      .min(1)
      .max(255)
      .regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u, 'a user name without `@`'),
  )
  .max(100);

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as `2026-12-25`')
  .refine(isDay, 'a day that exists, such as `2026-12-25`');

const holiday = z
  .union([
    z
      .string()
      .max(500)
      .regex(
        /^\d{4}-\d{2}-\d{2}( *(\.\.\.?|\/|–| to ) *\d{4}-\d{2}-\d{2})?$|\.ics$/i,
        'a day (`2026-12-25`), a range of days (`2026-12-28..2027-01-01`) or a calendar file of this folder (`./holidays.ics`)',
      )
      .refine(
        (text) => parseHoliday(text) !== null,
        'days that exist, the first of a range before its last, as in `2026-12-28..2027-01-01`',
      ),
    z
      .strictObject({ from: day.describe('The first day.'), to: day.describe('The last day.') })
      .refine(({ from, to }) => from <= to, {
        path: ['to'],
        when: ({ issues }) => issues.length === 0,
        error: 'a day that is not before the one under `from`',
      }),
  ])
  .describe('A day, a range of days (`2026-12-28..2027-01-01`), or an .ics file of this folder.');

const bound = z.int().min(0).max(100_000).nullable();

const newComments = z
  .strictObject({
    'per-run': bound.default(40).describe('At most this many in one run; null: no limit.'),
    'per-person-per-week': bound
      .default(2)
      .describe('At most this many that mention one person in a calendar week; null: no limit.'),
  })
  .nullable()
  .prefault({})
  .describe('First comments on issues; the rest waits for a later run. null: no limit.');

/** `reminders:` of policy.yml. */
export const remindersSchema = z
  .strictObject({
    'new-comments': newComments,
    holidays: z
      .array(holiday)
      .max(1000)
      .default([])
      .describe('Days that are not business days: dates, ranges, or .ics files of this folder.'),
    'after-business-days': z
      .array(z.int().min(1).max(366))
      .max(20)
      .default([2, 5, 10])
      .refine(
        (days) => days.every((each, index) => index === 0 || each > (days[index - 1] ?? 0)),
        'a list in which each number is greater than the one before it',
      )
      .describe(
        'After how many business days a person is reminded of a point that stays open; then silence. Empty: never.',
      ),
    'per-person-per-week': z
      .int()
      .min(0)
      .max(1000)
      .default(1)
      .describe('Reminders that one person gets in a calendar week, over all issues, kinds and projects.'),
    'pings-per-run': z.int().min(0).max(100_000).default(40).describe('Reminders in one run.'),
    'quiet-first-days': z
      .int()
      .min(0)
      .max(366)
      .default(5)
      .describe("Business days after the bot's very first comment in which no one is reminded."),
    'escalate-to': userNamesSchema
      .default([])
      .describe('User names, without `@`, of those who are asked once when reminders did not help.'),
  })
  .describe('How much a person hears from the bot.');

/** `answers:` of policy.yml. */
export const answersSchema = z
  .strictObject({
    who: z
      .array(z.enum(answererKinds))
      .max(answererKinds.length)
      .default(['assignee', 'dri', 'author', 'developer'])
      .describe('A part in the issue, or a role in the project from which up members may.'),
  })
  .describe('Who may answer the bot in a comment.');
