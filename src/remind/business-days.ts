import { Temporal } from 'temporal-polyfill';
import { dayAt } from '../model/calendar.ts';
import { addDays, mondayOf, weekdayOf } from '../model/days.ts';
import type { DayRange } from '../model/policy.ts';

/** Days are `YYYY-MM-DD`. A week begins on Monday; Saturdays, Sundays and holidays are not business days. */
export interface BusinessDays {
  /** The day of an instant in the policy's time zone. */
  dayOf(instant: string): string;
  /** The Monday of the week that holds the day. */
  weekOf(day: string): string;
  isBusinessDay(day: string): boolean;
  /** The day itself, or the next business day. */
  onOrAfter(day: string): string;
  /** The business day that comes `count` business days after the day: 1 is the next one. */
  after(day: string, count: number): string;
}

/** How far to look for a business day: a policy may call every day a holiday. */
const HORIZON_DAYS = 3_660;

export function businessDays({
  timeZone = 'UTC',
  holidays,
}: {
  timeZone?: string | undefined;
  /** In order, no two of them touching. */
  holidays: readonly DayRange[];
}): BusinessDays {
  const isHoliday = (day: string): boolean => {
    let low = 0;
    let high = holidays.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((holidays[middle]?.to ?? '') < day) low = middle + 1;
      else high = middle;
    }
    const range = holidays[low];
    return range !== undefined && range.from <= day;
  };
  const isBusinessDay = (day: string): boolean => weekdayOf(day) <= 5 && !isHoliday(day);
  const after = (day: string, count: number): string => {
    let current = day;
    let left = count;
    for (let step = 0; left > 0 && step < HORIZON_DAYS; step += 1) {
      current = addDays(current, 1);
      if (isBusinessDay(current)) left -= 1;
    }
    return current;
  };
  return {
    dayOf: (instant) =>
      dayAt(instant, { timeZone }) ?? Temporal.PlainDate.from(instant.slice(0, 10)).toString(),
    weekOf: mondayOf,
    isBusinessDay,
    onOrAfter: (day) => (isBusinessDay(day) ? day : after(day, 1)),
    after,
  };
}
