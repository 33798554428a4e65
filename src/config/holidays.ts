import path from 'node:path';
import { isInside } from '../files/paths.ts';
import { addDays, isDay } from '../model/days.ts';
import type { DayRange } from '../model/policy.ts';
import { quote } from './config-error.ts';
import { type Layer, type Reading, readBytes } from './layers.ts';
import { errorAt } from './places.ts';
import type { ValuePath } from './yaml-file.ts';
import { valueAt } from './zod-words.ts';

/** What an item of `holidays` says: days, or a file; null when it says neither. */
export function parseHoliday(text: string): DayRange | { file: string } | null {
  if (/\.ics$/i.test(text)) return { file: text };
  const [from = '', to = from, ...more] = text.split(/ *(?:\.\.\.?|\/|–| to ) */);
  return more.length === 0 && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}

/**
 * The holidays of a policy, in order, none touching another. The list of the topmost layer counts, and its files are
 * sought next to the file it is written in; errors go into `reading`.
 */
export async function gatherHolidays(reading: Reading, layers: readonly Layer[]): Promise<DayRange[]> {
  const at: ValuePath = ['reminders', 'holidays'];
  const layer = layers.findLast(({ file }) => Array.isArray(valueAt(file.value, at)));
  if (layer === undefined) return [];
  const ranges: DayRange[] = [];
  for (const [index, item] of (valueAt(layer.file.value, at) as unknown[]).entries()) {
    const said = typeof item === 'string' ? parseHoliday(item) : item;
    if (isFile(said)) ranges.push(...(await readCalendar(reading, layer, [...at, index], said.file)));
    else if (isRange(said)) ranges.push({ from: said.from, to: said.to });
  }
  return joined(ranges);
}

function isFile(value: unknown): value is { file: string } {
  return typeof value === 'object' && value !== null && 'file' in value;
}

function isRange(value: unknown): value is DayRange {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value)) return false;
  return (
    typeof value.from === 'string' && typeof value.to === 'string' && isDay(value.from) && isDay(value.to)
  );
}

function joined(ranges: readonly DayRange[]): DayRange[] {
  const result: DayRange[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1);
    if (last === undefined || from > addDays(last.to, 1)) result.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  return result;
}

async function readCalendar(
  reading: Reading,
  { folder, file }: Layer,
  at: ValuePath,
  named: string,
): Promise<DayRange[]> {
  const refuse = (
    code: string,
    message: string,
    advice: string | null,
    level: 'error' | 'warning' = 'error',
  ): DayRange[] => {
    reading.errors.push(errorAt(file, at, { code, message, advice, level }));
    return [];
  };
  const target = path.resolve(path.dirname(file.path), named);
  if (!isInside(folder.root, target))
    return refuse(
      'path-escape',
      `${quote(named)} leads out of the rules folder.`,
      'Keep the calendar next to the rule files.',
    );
  const bytes = await readBytes(folder, target);
  if (bytes === 'absent')
    return refuse(
      'file-not-found',
      `There is no file ${quote(named)}.`,
      'The path counts from the file it is in.',
    );
  if ('problem' in bytes) return refuse(bytes.problem, `${quote(named)}: ${bytes.message}`, bytes.advice);
  const text = new TextDecoder().decode(bytes.bytes);
  // Part of what the policy was read from, and so of its hash.
  reading.sources.set(folder.nameOf(target), text);
  // Loaded where a policy names a calendar, and few do.
  const { calendarDays } = await import('./calendar-days.ts');
  const read = calendarDays(text);
  if (read === null)
    return refuse(
      'not-a-calendar',
      `${quote(named)} cannot be read as an iCalendar file.`,
      'Export the calendar again, as .ics.',
    );
  if (read.ranges.length === 0)
    return refuse(
      'no-holidays',
      `${quote(named)} holds no whole-day entry, so no holiday.`,
      'Entries with a time of day do not count.',
      'warning',
    );
  return read.ranges;
}
