import { type QuarterRange, quarterName, quarterOf } from '../../model/calendar.ts';
import { addDays } from '../../model/days.ts';
import type { RuleContext } from '../../model/rule.ts';
import { memo } from '../../text/memo.ts';

// Making a formatter costs far more than using one.
const formats = {
  long: formatter({ day: 'numeric', month: 'long', year: 'numeric' }),
  short: formatter({ day: 'numeric', month: 'long' }),
  weekday: formatter({ weekday: 'long' }),
};

/** `2026-12-04` as `4 December 2026`; a backlog has few days, and many findings about each. */
export const longDate = memo((day) => formats.long.format(Date.parse(day)));

/** `2026-12-04` as `4 December`. */
export const dayAndMonth = memo((day) => formats.short.format(Date.parse(day)));

/** `2026-12-04` as `Friday`. */
export const weekday = memo((day) => formats.weekday.format(Date.parse(day)));

function formatter(parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' });
}

/** `FY27 Q4`, as people write a quarter. */
export function spokenQuarter(range: QuarterRange): string {
  return quarterName(range).replace('-', ' ');
}

/**
 * A day to show as an example: the Friday a good week before the end of the KR's quarter. It depends on the quarter
 * and not on today, so that a comment with it does not change from day to day.
 */
export function exampleDay(context: RuleContext): string {
  const { end } = context.quarter ?? quarterOf(context.today, context.calendar);
  const sinceFriday = (new Date(end).getUTCDay() + 2) % 7;
  return addDays(end, -7 - sinceFriday);
}

/** As `longDate` writes them. */
export const englishMonths: readonly string[] = Array.from({ length: 12 }, (_, month) =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, month, 1)),
);
