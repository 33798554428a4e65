import { Temporal } from 'temporal-polyfill';

/** Days are `YYYY-MM-DD`; instants are ISO 8601 in any offset; time zones are IANA names. */
const dayMs = 86_400_000;

/** The day of an instant in a time zone. */
export function dayIn(instant: string, timeZone: string): string {
  if (timeZone === 'UTC') return new Date(instant).toISOString().slice(0, 10);
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Whether a text is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day `days` days after `day`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** How many days `to` comes after `from`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The Monday of the week that holds `day`. */
export function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day));
}

/** Mondays to Fridays from `from` up to, not including, `to`. */
export function workdaysBetween(from: string, to: string): number {
  const days = daysBetween(from, to);
  if (days <= 0) return 0;
  const whole = Math.floor(days / 7);
  const first = weekdayOf(from);
  let rest = 0;
  for (let step = 0; step < days % 7; step += 1) if (((first - 1 + step) % 7) + 1 <= 5) rest += 1;
  return whole * 5 + rest;
}

/**
 * An instant as it may be reckoned with: an owner may give an issue any date of birth, and a report with one from 1066
 * would be read by no one.
 * @param instant ISO 8601
 * @returns the nearest from 1970 to 2199
 */
export function instantOfOurTime(instant: string): string {
  if (instant < '1970') return '1970-01-01T00:00:00Z';
  return instant < '2200' ? instant : '2199-12-31T00:00:00Z';
}
