import { type FiscalCalendar, type QuarterRange, quarterRange } from '../model/calendar.ts';
import type { ReportCalendar, ReportHead } from '../model/report.ts';

/** The days of a quarter named as in records; null when it is not such a name. */
export function quarterOfName(name: string, calendar: FiscalCalendar): QuarterRange | null {
  const [, year, quarter] = /^FY(\d{2}|\d{4})-Q([1-4])$/.exec(name) ?? [];
  if (year === undefined) return null;
  const fiscalYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  if (fiscalYear < 1970 || fiscalYear > 9000) return null;
  return quarterRange(fiscalYear, Number(quarter) as 1 | 2 | 3 | 4, calendar);
}

/** The quarter `steps` after a quarter; negative: before it. */
export function quarterAfter(
  { fiscalYear, quarter }: QuarterRange,
  calendar: FiscalCalendar,
  steps = 1,
): QuarterRange {
  const index = fiscalYear * 4 + (quarter - 1) + steps;
  return quarterRange(Math.floor(index / 4), ((((index % 4) + 4) % 4) + 1) as 1 | 2 | 3 | 4, calendar);
}

/** GitLab's own calendar, for reports that name none. */
const usual: ReportCalendar = { startMonth: 2, namedAfter: 'end', timeZone: 'UTC' };

export function calendarOf({ calendar }: Pick<ReportHead, 'calendar'>): ReportCalendar {
  return calendar ?? usual;
}
