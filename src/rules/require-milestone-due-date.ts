import { z } from 'zod';
import type { QuarterRange } from '../model/calendar.ts';
import { addDays } from '../model/days.ts';
import type { DateField } from '../model/document.ts';
import type { Listing } from '../model/listing.ts';
import { defineRule } from './rule.ts';
import { dayAndMonth, exampleDay, longDate, spokenQuarter, weekday } from './shared/days.ts';
import { milestoneList } from './shared/example-texts.ts';
import { intoField, milestonesIn, named, statesOption } from './shared/milestones.ts';
import { plain, quote } from './shared/words.ts';

export const requireMilestoneDueDate = defineRule({
  id: 'require-milestone-due-date',
  kind: 'kr',
  description:
    'Every milestone has a due date that can be read in only one way and lies in the quarter of the KR.',
  why: 'A milestone without a date is a wish. A date that two people read differently is worse: one of them plans with the wrong one.',
  messages: {
    missing: {
      text: '{milestone}: the due date is missing.',
      hint: 'Write {example}, with the day it is due.',
    },
    placeholder: {
      text: '{milestone}: the due date is still a placeholder: {found}.',
      hint: 'Write {example}, with the day it is due.',
    },
    'not-a-date': {
      text: '{milestone}: the due date {found} does not name a day.',
      hint: 'Write the day itself: {example}.',
    },
    ambiguous: {
      text: '{milestone}: the due date {found} can be read in more than one way.',
      hint: 'Write the day with its year, as year-month-day: {example}.',
    },
    'no-quarter': {
      text: '{milestone}: the due date {found} depends on the quarter, and the title names none.',
      hint: 'Write the whole date, as {example}, or put the quarter into the title.',
    },
    'two-readings': {
      text: '{milestone}: the due date {found} can be read in more than one way: {days}?',
      hint: 'Write the one you mean: {choices}.',
    },
    impossible: {
      text: '{milestone}: there is no such day as {found}.',
      hint: 'Write a day that exists: {example}.',
    },
    doubtful: {
      text: '{milestone}: is {date} the due date? The text says {found}.',
      hint: 'If so, write {example}; if not, the day it is due.',
      severity: 'info',
    },
    'outside-quarter': {
      text: '{milestone}: the due date {date} is outside {quarter}, which lasts from {start} to {end}.',
      hint: 'Choose a day in {quarter}, for example {example}, or correct the quarter in the title.',
    },
    'wrong-weekday': {
      text: '{milestone}: the due date {found} says {written}, but {date} is a {actual}.',
      hint: 'Check which of the two is right and write {example}.',
    },
  },
  options: z.strictObject({
    states: statesOption,
    'within-quarter': z
      .boolean()
      .default(true)
      .describe('Whether the date must lie in the quarter of the title.'),
    'days-before-quarter': z
      .int()
      .min(0)
      .default(0)
      .describe('How many days before the quarter begins a date is still accepted.'),
    'days-after-quarter': z
      .int()
      .min(0)
      .default(0)
      .describe('How many days after the quarter has ended a date is still accepted.'),
    'ask-when-in-doubt': z
      .boolean()
      .default(true)
      .describe('Whether the first due date that was read with doubt is asked about, as `info`.'),
    weekday: z
      .boolean()
      .default(true)
      .describe('Whether a weekday that is not the one of the date is reported.'),
  }),
  defaultSeverity: 'error',
  fields: ['due-date'],
  asksFor: 'due-date',
  examples: [
    {
      shows: 'a date, and one whose year follows from the quarter',
      markdown: milestoneList({}, { due: 'Jan 15' }),
      reports: [],
    },
    {
      shows: 'no date, and the words of the template',
      markdown: milestoneList({ description: 'Policy', due: null }, { due: '`add here`' }),
      reports: ['missing', 'placeholder'],
    },
    {
      shows: 'words that name no day',
      markdown: milestoneList({ due: 'early December' }),
      reports: ['not-a-date'],
    },
    {
      shows: 'a date with two readings',
      markdown: milestoneList({ due: '12/04/2026' }),
      reports: ['two-readings'],
    },
    {
      shows: 'two dates side by side',
      markdown: milestoneList({ due: 'Nov 20 or Nov 27' }),
      reports: ['two-readings'],
    },
    {
      shows: 'days that were read with doubt: one question, as `info`, whatever their number',
      markdown: milestoneList({ due: 'Dec 4?' }, { due: 'Dec 11?' }),
      reports: ['doubtful'],
    },
    {
      shows: 'a day that does not exist',
      markdown: milestoneList({ due: '2026-11-31' }),
      reports: ['impossible'],
    },
    {
      shows: 'a day outside the quarter',
      markdown: milestoneList({ due: '2027-02-12' }),
      reports: ['outside-quarter'],
    },
    {
      shows: 'the same, where the team allows two weeks more',
      options: { 'days-after-quarter': 14 },
      markdown: milestoneList({ due: '2027-02-12' }),
      reports: [],
    },
    {
      shows: 'a weekday that is not the one of the date',
      markdown: milestoneList({ due: 'Mon, 2026-12-04' }),
      reports: ['wrong-weekday'],
    },
    {
      shows: 'a milestone that no longer applies',
      markdown: milestoneList({ box: '[~]', due: 'TBD' }),
      reports: [],
    },
    {
      shows: 'dates that depend on the quarter, which the title does not name',
      title: 'Cut false alarms at night by 80%',
      markdown: milestoneList({ due: 'Dec 4' }, { due: 'EOQ' }),
      reports: ['no-quarter', 'no-quarter'],
    },
    {
      shows: 'a day that only leap years have',
      title: 'FY28 Q4 KR1 (Calm Nights) Cut false alarms at night by 80%',
      markdown: milestoneList({ due: 'Feb 29' }),
      reports: ['ambiguous'],
    },
    {
      shows: 'a year that does not follow from anything',
      markdown: milestoneList({ due: 'Mar 4' }),
      reports: ['two-readings'],
    },
  ],
  *check(document, options, context) {
    const { quarter, template } = context;
    const field = { id: 'due-date', name: plain(template.nameOf('due-date')) } as const;
    let mayAsk = options['ask-when-in-doubt'];
    for (const one of milestonesIn(document, options.states)) {
      const { milestone } = one;
      const { dueDate } = milestone;
      const missed = options['within-quarter'] ? missedQuarter(dueDate, quarter, options) : null;
      const isOddDay = options.weekday && dueDate.wrongWeekday !== undefined;
      if (dueDate.certain !== false && dueDate.date !== null && missed === null && !isOddDay) continue;
      const { name, subject, people } = named(one);
      const write = (...days: string[]) => intoField(milestone, field, ...days);
      const where = { place: dueDate.place ?? milestone.place, subject, people };
      if (dueDate.certain === false) {
        // One question a text is enough, and none about what is done.
        if (!mayAsk || dueDate.date === null || milestone.state !== 'open') continue;
        mayAsk = false;
        const data = {
          milestone: name,
          date: longDate(dueDate.date),
          found: quote(dueDate.raw),
          example: write(dueDate.date),
        };
        yield { message: 'doubtful', data, ...where };
        continue;
      }
      if (dueDate.date === null) {
        const found = quote(dueDate.raw);
        const readings = dueDate.readings ?? [];
        if (dueDate.problem === 'ambiguous' && readings.length > 1) {
          const choices = write(...readings);
          const data = {
            milestone: name,
            found,
            days: { items: spell(readings), glue: 'or' as const },
            choices,
          };
          yield { message: 'two-readings', data, ...where, ...propose(within(readings, quarter)) };
        } else {
          const unclear = dueDate.problem ?? 'missing';
          const message = unclear === 'ambiguous' && quarter === null ? 'no-quarter' : unclear;
          const data = { milestone: name, found, example: write('YYYY-MM-DD') };
          yield { message, data, ...where, ...propose(null) };
        }
        continue;
      }
      if (missed !== null) {
        const data = {
          milestone: name,
          date: longDate(dueDate.date),
          quarter: spokenQuarter(missed),
          start: longDate(missed.start),
          end: longDate(missed.end),
          example: write(exampleDay(context)),
        };
        yield { message: 'outside-quarter', data, ...where, ...propose(null) };
      }
      if (isOddDay) {
        const data = { milestone: name, ...weekdays(dueDate, write) };
        yield { message: 'wrong-weekday', data, ...where, ...propose(null) };
      }
    }
  },
});

const propose = (value: string | null) => ({ proposals: [{ field: 'due-date', value }] });

/** The only reading that lies in the KR's quarter; null when none or several do. */
function within(readings: readonly string[], quarter: { start: string; end: string } | null): string | null {
  if (quarter === null) return null;
  const [first, ...others] = readings.filter((day) => day >= quarter.start && day <= quarter.end);
  return first !== undefined && others.length === 0 ? first : null;
}

/** The quarter, where the date lies outside of it; null: it does not, or one of the two is not known. */
function missedQuarter(
  { date }: DateField,
  quarter: QuarterRange | null,
  options: { 'days-before-quarter': number; 'days-after-quarter': number },
): QuarterRange | null {
  if (date === null || quarter === null) return null;
  const { start, end } = quarter;
  // The slack is counted for the few that need it.
  const isWithin =
    (date >= start || date >= addDays(start, -options['days-before-quarter'])) &&
    (date <= end || date <= addDays(end, options['days-after-quarter']));
  return isWithin ? null : quarter;
}

/** The days in words; the year only where the readings differ in nothing else. */
function spell(days: readonly string[]): string[] {
  const short = days.map(dayAndMonth);
  return new Set(short).size === short.length && new Set(days.map((day) => day.slice(0, 4))).size === 1
    ? short
    : days.map(longDate);
}

function weekdays(dueDate: DateField, write: (day: string) => Listing) {
  const date = dueDate.date ?? '';
  return {
    found: quote(dueDate.raw),
    written: plain(dueDate.wrongWeekday ?? ''),
    date: longDate(date),
    actual: weekday(date),
    example: write(date),
  };
}
