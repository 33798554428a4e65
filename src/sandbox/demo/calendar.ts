/** The fiscal quarter of the demo: the year begins in February and is named after the year in which it ends. */
export interface DemoCalendar {
  /** `FY27 Q4` */
  quarter: string;
  /** `FY27-Q4`, as a label */
  label: string;
  fiscalYear: number;
  number: number;
  /** `YYYY-MM-DD` of today. */
  today: string;
  /** The day that lies so far into the quarter: 0 is its first, 1 its last. */
  at: (share: number) => string;
  /** The day this many days after today, kept within the quarter. */
  near: (days: number) => string;
  /** The instant this many days before now. */
  ago: (days: number) => string;
  /** A task box: ticked when the day is over. */
  box: (date: string) => string;
  /** `Nov 20`, without a year. */
  short: (date: string) => string;
}

const dayMs = 86_400_000;

export function demoCalendar(now: Date): DemoCalendar {
  const month = now.getUTCMonth();
  const fiscalYear = now.getUTCFullYear() + (month >= 1 ? 1 : 0);
  const number = Math.floor(((month + 11) % 12) / 3) + 1;
  const start = Date.UTC(fiscalYear - 1, 1 + (number - 1) * 3, 1);
  const end = Date.UTC(fiscalYear - 1, 1 + number * 3, 0);
  const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
  const today = iso(now.getTime());
  const year = `FY${String(fiscalYear % 100).padStart(2, '0')}`;
  return {
    quarter: `${year} Q${number}`,
    label: `${year}-Q${number}`,
    fiscalYear,
    number,
    today,
    at: (share) => iso(start + Math.round(((end - start) / dayMs) * share) * dayMs),
    near: (days) => iso(Math.min(end, Math.max(start, Date.parse(today) + days * dayMs))),
    ago: (days) => new Date(now.getTime() - days * dayMs).toISOString(),
    box: (date) => (date < today ? '[x]' : '[ ]'),
    short: (date) =>
      new Date(`${date}T00:00:00Z`)
        .toLocaleDateString('en-GB', { month: 'short', day: 'numeric', timeZone: 'UTC' })
        .split(' ')
        .reverse()
        .join(' '),
  };
}
