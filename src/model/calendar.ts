import { Temporal } from 'temporal-polyfill';
import { addDays } from './days.ts';

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
  if (timeZone === 'UTC' && isPlainInstant(instant)) return instant.slice(0, 10);
  try {
    return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
  } catch {
    return null;
  }
}

/** On a day that every month has. */
const commonInstant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/** As GitLab writes instants, and on a day that there is: its day is then there to be read. */
function isPlainInstant(instant: string): boolean {
  if (commonInstant.test(instant)) return true;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(instant)) return false;
  const time = Date.parse(instant);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(instant.slice(0, 19));
}

/** First and last day of a quarter, `YYYY-MM-DD`, both included. */
export interface QuarterRange {
  readonly fiscalYear: number;
  readonly quarter: 1 | 2 | 3 | 4;
  readonly start: string;
  readonly end: string;
}

/** `FY27-Q4`, as records name a quarter. */
export function quarterName({ fiscalYear, quarter }: Pick<QuarterRange, 'fiscalYear' | 'quarter'>): string {
  return `FY${String(fiscalYear % 100).padStart(2, '0')}-Q${quarter}`;
}

/** By calendar and quarter: thousands of KRs are of the same few. */
const mostKnown = 400;
const known = new WeakMap<FiscalCalendar, Map<number, QuarterRange>>();

/** First and last day of fiscal quarter `quarter` of `fiscalYear` (four digits) in the given calendar. */
export function quarterRange(
  fiscalYear: number,
  quarter: 1 | 2 | 3 | 4,
  calendar: FiscalCalendar,
): QuarterRange {
  let ofCalendar = known.get(calendar);
  if (ofCalendar === undefined) known.set(calendar, (ofCalendar = new Map()));
  const key = fiscalYear * 4 + quarter;
  const before = ofCalendar.get(key);
  if (before !== undefined) return before;
  // Texts can name any year.
  if (ofCalendar.size >= mostKnown) ofCalendar.clear();
  const range = rangeOf(fiscalYear, quarter, calendar);
  ofCalendar.set(key, range);
  return range;
}

function rangeOf(fiscalYear: number, quarter: 1 | 2 | 3 | 4, calendar: FiscalCalendar): QuarterRange {
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

const quarters = [1, 2, 3, 4] as const;

/** The fiscal quarter that holds `day` (`YYYY-MM-DD`). */
export function quarterOf(day: string, calendar: FiscalCalendar): QuarterRange {
  const year = Number(day.slice(0, 4));
  for (const fiscalYear of [year - 1, year, year + 1]) {
    for (const quarter of quarters) {
      const range = quarterRange(fiscalYear, quarter, calendar);
      if (range.start <= day && day <= range.end) return range;
    }
  }
  throw new RangeError(`no fiscal quarter holds ${day}`);
}

/** The quarter that holds `day` and those before it, latest first. */
export function quartersBack(day: string, count: number, calendar: FiscalCalendar): QuarterRange[] {
  const result: QuarterRange[] = [];
  let within = day;
  while (result.length < count) {
    const range = quarterOf(within, calendar);
    result.push(range);
    within = addDays(range.start, -1);
  }
  return result;
}

function isoDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}
