import { z } from 'zod';
import { dayAt, monthNames } from '../model/calendar.ts';

const isTimeZone = (timeZone: string): boolean => dayAt('2026-01-01T00:00:00Z', { timeZone }) !== null;

/** `calendar` in `policy.yml`. */
export const calendarSchema = z
  .strictObject({
    'year-starts-in': z
      .enum(monthNames)
      .default('february')
      .describe('The month in which the fiscal year starts.'),
    'named-after': z
      .enum(['start', 'end'])
      .default('end')
      .describe('Whether FY27 is the fiscal year that starts in 2027 or the one that ends in it.'),
    'time-zone': z
      .string()
      .refine(isTimeZone, 'a time zone such as `Europe/Berlin`, `UTC` or `+01:00`')
      .default('UTC')
      .describe('Where the day of "today" and "overdue" begins.'),
    'date-order': z
      .enum(['day-month', 'month-day'])
      .nullable()
      .default(null)
      .describe('How your team reads 05/11/2026; null: it is ambiguous, and the bot asks.'),
  })
  .describe('The fiscal calendar: what FY27 Q4 is, where a day begins, in which order dates are written.');
