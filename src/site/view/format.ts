const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `16 Nov`, with the year where it is not that of `near`; what is not a day is not shown. */
export function shortDay(day: string, near?: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return 'an unknown day';
  const text = `${Number(date)} ${months[Number(month) - 1] ?? month}`;
  return near?.slice(0, 4) === year ? text : `${text} ${year}`;
}

/** `Mon 23 Nov 2026, 09:00 UTC` */
export function longTime(instant: string): string {
  const iso = new Date(instant).toISOString();
  const day = new Date(instant).getUTCDay();
  return `${weekdays[day]} ${shortDay(iso.slice(0, 10))}, ${iso.slice(11, 16)} UTC`;
}

/** `FY27 Q4` */
export function quarterTitle(name: string): string {
  return name.replace('-', ' ');
}

/** `45 %`, with a thin space that does not break. */
export function percent(value: number): string {
  return `${Math.round(value)}\u202f%`;
}

export { counted as count } from '../../text/words.ts';
