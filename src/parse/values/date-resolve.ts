import { Temporal } from 'temporal-polyfill';
import { type FiscalCalendar, type QuarterRange, quarterRange } from '../../model/calendar.ts';
import { memo } from '../../text/memo.ts';
import type { DateForm } from './date-form.ts';

/** What the calendar says of a date as written: no reading is impossible, several are ambiguous. */
export interface Resolved {
  readings: string[];
  inferred: boolean;
  /** Days exist, but which year is meant cannot be told. */
  unknown?: boolean;
}

/** Where what is not written comes from. */
export interface DateFrame {
  calendar: FiscalCalendar;
  /** The KR's quarter; null when its title names none. */
  quarter: QuarterRange | null;
  /** For a day without a year: the nearest such day to this one (`YYYY-MM-DD`). */
  nearTo?: string;
}

const existingDay = memo((day) => {
  const [year, month, date] = day.split('-').map(Number);
  try {
    const plain = { year: year as number, month: month as number, day: date as number };
    return Temporal.PlainDate.from(plain, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
});

const isoDay = (year: number, month: number, day: number): string | null =>
  month < 1 || month > 12 || day < 1 || day > 31 ? null : existingDay(`${year}-${month}-${day}`);

const lastOfMonth = (year: number, month: number): string =>
  Temporal.PlainYearMonth.from({ year, month }).toPlainDate({ day: 31 }).toString();

/** The days a form can mean. */
export function resolveForm(form: DateForm, frame: DateFrame): Resolved {
  switch (form.form) {
    case 'day':
      return form.year === null
        ? withoutYear(frame, (year) => isoDay(year, form.month, form.day))
        : certain([isoDay(form.year, form.month, form.day)], false);
    case 'numbers':
      return numbers(form, frame);
    case 'end-of-month':
      return form.year === null
        ? withoutYear(frame, (year) => lastOfMonth(year, form.month))
        : certain([lastOfMonth(form.year, form.month)], true);
    case 'end-of-some-month':
      return { readings: monthEnds(frame), inferred: true, unknown: true };
    case 'end-of-quarter':
      return endOfQuarter(form, frame);
    case 'end-of-fiscal-year': {
      const year = form.fiscalYear ?? frame.quarter?.fiscalYear;
      if (year === undefined) return { readings: [], inferred: true, unknown: true };
      return certain([quarterRange(year, 4, frame.calendar).end], true);
    }
    case 'end-of-year':
      return endOfYear(form.year, frame);
    default:
      return { readings: [], inferred: false };
  }
}

function certain(days: readonly (string | null)[], inferred: boolean): Resolved {
  const readings = [...new Set(days.filter((day) => day !== null))];
  return { readings, inferred };
}

/** The year in which the day falls into the KR's quarter; failing that, the years around it are possible. */
function withoutYear(frame: DateFrame, on: (year: number) => string | null): Resolved {
  const { quarter, nearTo } = frame;
  if (nearTo !== undefined) return nearest(nearTo, on);
  if (quarter === null) {
    const exists = [2024, 2025].some((year) => on(year) !== null);
    return { readings: [], inferred: false, unknown: exists };
  }
  const years = [...new Set([Number(quarter.start.slice(0, 4)), Number(quarter.end.slice(0, 4))])];
  const days = years.map(on).filter((day) => day !== null);
  const inside = days.filter((day) => day >= quarter.start && day <= quarter.end);
  if (inside.length > 0) return { readings: inside, inferred: true };
  const around = [(years[0] as number) - 1, ...years, (years.at(-1) as number) + 1].map(on);
  const possible = around.filter((day) => day !== null && distance(day, quarter.start) < 400);
  const exists = days.length > 0 || [2024, 2025].every((year) => on(year) !== null);
  return exists ? { ...certain(possible, false), unknown: true } : { readings: [], inferred: false };
}

function nearest(to: string, on: (year: number) => string | null): Resolved {
  const year = Number(to.slice(0, 4));
  const days = [year - 1, year, year + 1].map(on).filter((day) => day !== null);
  const [best] = days.toSorted((a, b) => distance(a, to) - distance(b, to));
  return { readings: best === undefined ? [] : [best], inferred: true };
}

const distance = (a: string, b: string): number => Math.abs(Date.parse(a) - Date.parse(b)) / 86_400_000;

/** Day first and month first; a number above 12 decides, then the order that the policy names. */
function numbers(form: DateForm & { form: 'numbers' }, frame: DateFrame): Resolved {
  const { first, second, year } = form;
  const order = frame.calendar.dateOrder ?? null;
  if (order !== null && first <= 12 && second <= 12) {
    const [day, month] = order === 'day-month' ? [first, second] : [second, first];
    return resolveForm({ form: 'day', year, month, day }, frame);
  }
  if (year !== null) {
    // In `26/12/04` the year may as well come first: a due date of long ago is the less likely reading.
    const yearFirst = year < 2015 && first > 19 ? isoDay(2000 + first, second, year - 2000) : null;
    return certain([isoDay(year, second, first), isoDay(year, first, second), yearFirst], false);
  }
  const dayFirst = withoutYear(frame, (y) => isoDay(y, second, first));
  const monthFirst = withoutYear(frame, (y) => isoDay(y, first, second));
  const readings = [...new Set([...dayFirst.readings, ...monthFirst.readings])];
  const unknown = dayFirst.unknown === true || monthFirst.unknown === true;
  return unknown ? { readings, inferred: true, unknown } : { readings, inferred: true };
}

function monthEnds({ quarter }: DateFrame): string[] {
  if (quarter === null) return [];
  const first = Temporal.PlainYearMonth.from(quarter.start.slice(0, 7));
  return [0, 1, 2].map((months) => first.add({ months }).toPlainDate({ day: 31 }).toString());
}

function endOfQuarter(form: DateForm & { form: 'end-of-quarter' }, frame: DateFrame): Resolved {
  const { quarter, calendar } = frame;
  if (form.fiscalYear !== null && form.quarter !== null) {
    return certain([quarterRange(form.fiscalYear, form.quarter as 1 | 2 | 3 | 4, calendar).end], true);
  }
  if (quarter === null) return { readings: [], inferred: true, unknown: true };
  if (form.quarter === null || form.quarter === quarter.quarter) return certain([quarter.end], true);
  const years = [quarter.fiscalYear, quarter.fiscalYear + (form.quarter < quarter.quarter ? 1 : -1)];
  const ends = years.map((year) => quarterRange(year, form.quarter as 1 | 2 | 3 | 4, calendar).end);
  return { readings: ends, inferred: true, unknown: true };
}

/** "End of year" may be the calendar's or the fiscal year's. */
function endOfYear(year: number | null, { calendar, quarter }: DateFrame): Resolved {
  if (year !== null) return certain([`${year}-12-31`], true);
  if (quarter === null) return { readings: [], inferred: true, unknown: true };
  const fiscal = quarterRange(quarter.fiscalYear, 4, calendar).end;
  return certain([`${quarter.start.slice(0, 4)}-12-31`, fiscal], true);
}

/** 1 (Monday) to 7 (Sunday) */
export const weekdayOf = memo((day) => Temporal.PlainDate.from(day).dayOfWeek);
