import { within } from '../../markdown/rich-text.ts';
import { type DateRole, isRangeJoint, roleOfDate } from './date-roles.ts';
import type { DateReading, FoundDate } from './found-date.ts';

interface Chosen {
  date: FoundDate;
  doubtful: boolean;
}

/** The date that counts among several; null when none does ("two weeks after Dec 4"). */
export function chooseDate(found: readonly FoundDate[], reading: DateReading): Chosen | null {
  const week = reading.rangeStarts === true;
  const weighed = found.map((date, index) => ({
    date,
    ...roleOfDate(reading, {
      ...date,
      alone: found.length === 1,
      last: index === found.length - 1,
      week,
    }),
  }));
  const open = weighed.filter(({ date, role }, index) => !date.bracketed || (index > 0 && role === 'now'));
  const live = (open.length > 0 ? open : weighed).filter(({ role }) => role !== 'void');
  const [first, ...rest] = live;
  if (first === undefined) return null;
  let chosen: Chosen & { role: DateRole['role'] } = first;
  for (const one of rest) {
    const next = joined(chosen, one, found, reading);
    chosen = { ...one, date: next, doubtful: chosen.date === next ? chosen.doubtful : one.doubtful };
  }
  return chosen;
}

/** What counts of two dates that follow each other. */
function joined(
  a: { date: FoundDate; role: DateRole['role'] },
  b: { date: FoundDate; role: DateRole['role'] },
  found: readonly FoundDate[],
  reading: DateReading,
): FoundDate {
  if (sameDay(a.date, b.date)) return a.date;
  const adjacent = found.indexOf(b.date) === found.indexOf(a.date) + 1;
  const isRange =
    adjacent && (isRangeJoint(b.date.before, reading.words) || isBetween(a.date, b.date, reading));
  if (isRange) return reading.rangeStarts === true ? a.date : closing(a.date, b.date);
  if (b.role === 'now') return b.date;
  if (b.role === 'due' && a.role === 'plain' && !adjacent) return b.date;
  return either(a.date, b.date);
}

/** "between Nov 16 and Nov 27" */
const isBetween = (a: FoundDate, b: FoundDate, { cues }: DateReading): boolean =>
  cues.before(a.before, ['between'], true) !== null && cues.behind(b.before, ['and']) !== null;

const sameDay = (a: FoundDate, b: FoundDate): boolean =>
  a.readings.length === 1 && b.readings.length === 1 && a.readings[0] === b.readings[0];

/** The end of a range, which may owe its year to the beginning: "Dec 20, 2026 - Jan 8". */
function closing(start: FoundDate, end: FoundDate): FoundDate {
  const from = start.readings[0];
  if (from === undefined || start.readings.length > 1) return end;
  const [after, ...later] = end.readings.filter((day) => day >= from).toSorted();
  // "30.11.–04.12.2026": of two readings the one that is behind the beginning.
  if (after === undefined || (end.unknown !== true && later.length > 0)) return end;
  return end.readings.length > 1 || end.unknown === true
    ? { ...end, readings: [after], inferred: true, unknown: false }
    : end;
}

const either = (a: FoundDate, b: FoundDate): FoundDate => ({
  ...a,
  span: within(a.span, a.span.start, b.span.end),
  readings: [...new Set([...a.readings, ...b.readings])],
  unknown: true,
});
