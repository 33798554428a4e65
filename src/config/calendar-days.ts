import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import type { DayRange } from '../model/policy.ts';

/** More occurrences of one entry, or in one file, are not holidays. */
const limits = { perEvent: 500, perFile: 20_000 } as const;

/** Holidays after this day do not matter to anyone. */
const lastDay = '2199-12-31';

/** The whole-day entries of an iCalendar text, repetitions included; null when it is not one. Never throws. */
export function calendarDays(text: string): { ranges: DayRange[] } | null {
  try {
    const parsed = ICAL.parse(text.replace(/^\uFEFF/, '')) as unknown[];
    // One calendar, or a list of them.
    const roots = (Array.isArray(parsed[0]) ? parsed : [parsed]).map(
      (each) => new ICAL.Component(each as []),
    );
    if (!roots.every(({ name }) => name === 'vcalendar')) return null;
    const ranges: DayRange[] = [];
    for (const component of roots.flatMap((root) => root.getAllSubcomponents('vevent'))) {
      if (ranges.length >= limits.perFile) break;
      if (isCancelled(component)) continue;
      ranges.push(...eventDays(new ICAL.Event(component)));
    }
    return { ranges };
  } catch {
    return null;
  }
}

function isCancelled(event: InstanceType<typeof ICAL.Component>): boolean {
  const status = event.getFirstPropertyValue('status');
  return typeof status === 'string' && status.toUpperCase() === 'CANCELLED';
}

/** An entry with a time of day is an appointment, not a holiday. */
function eventDays(event: InstanceType<typeof ICAL.Event>): DayRange[] {
  const { startDate } = event;
  if (startDate === null || !startDate.isDate) return [];
  const first = dayOf(startDate);
  // DTEND of whole days is the day after the last one; without it the entry is one day long.
  const length = Math.max(1, Math.round(event.duration.toSeconds() / 86_400));
  const range = (from: string): DayRange => ({
    from,
    to: Temporal.PlainDate.from(from)
      .add({ days: length - 1 })
      .toString(),
  });
  if (!event.isRecurring()) return [range(first)];
  const days: DayRange[] = [];
  const repeats = event.iterator();
  for (let count = 0; count < limits.perEvent; count += 1) {
    const next = repeats.next() as typeof startDate | null | undefined;
    if (next == null || dayOf(next) > lastDay) break;
    days.push(range(dayOf(next)));
  }
  return days;
}

function dayOf({ year, month, day }: { year: number; month: number; day: number }): string {
  return Temporal.PlainDate.from({ year, month, day }).toString();
}
