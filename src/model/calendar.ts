import { Temporal } from 'temporal-polyfill';

/** English names of the months in lower case, January first. */
export const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;

/** The fiscal calendar of a policy. GitLab's own: starts in February, named after the year it ends in. */
export interface FiscalCalendar {
  /** 1 to 12 */
  startMonth: number;
  namedAfter: 'start' | 'end';
  /** IANA name or offset: where "today" and "overdue" change. Left out: UTC. */
  timeZone?: string;
  /** Settles 05/11/2026; left out or null: such a date is ambiguous. */
  dateOrder?: 'day-month' | 'month-day' | null;
}

/** The day (`YYYY-MM-DD`) of an ISO 8601 instant where the calendar's days change; null when it is not an instant. */
export function dayAt(
  instant: string,
  { timeZone = 'UTC' }: Pick<FiscalCalendar, 'timeZone'>,
): string | null {
  try {
    return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  } catch {
    return null;
  }
}

/** First and last day of a quarter, `YYYY-MM-DD`, both included. */
export interface QuarterRange {
  fiscalYear: number;
  quarter: 1 | 2 | 3 | 4;
  start: string;
  end: string;
}

/** First and last day of fiscal quarter `quarter` of `fiscalYear` (four digits) in the given calendar. */
export function quarterRange(
  fiscalYear: number,
  quarter: 1 | 2 | 3 | 4,
  calendar: FiscalCalendar,
): QuarterRange {
  const startsInNamedYear = calendar.startMonth === 1 || calendar.namedAfter === 'start';
  const yearOfStart = startsInNamedYear ? fiscalYear : fiscalYear - 1;
  const firstMonth = calendar.startMonth - 1 + (quarter - 1) * 3;
  return {
    fiscalYear,
    quarter,
    start: isoDay(yearOfStart, firstMonth, 1),
    end: isoDay(yearOfStart, firstMonth + 3, 0),
  };
}

function isoDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}
