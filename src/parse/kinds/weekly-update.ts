import type { WeeklyUpdateDocument } from '../../model/document.ts';
import { placedDate } from '../fields/date-field.ts';
import { chosenStatus } from '../fields/status-choice.ts';
import { percentField, statusField, valueOnOtherLine, valueUnder } from '../fields/status-field.ts';
import { readList } from '../fields/text-field.ts';
import { type Span, textOf, trimmed, within } from '../markdown/rich-text.ts';
import { isLive, liveText, noteLeftover, type Reading, spansOf } from '../reading.ts';
import { dayOf } from '../values/date-resolve.ts';
import { type DateReading, findDates, type PlacedDateField, readDate, trimValue } from '../values/dates.ts';

/** Everything of a weekly update but what all kinds have. */
export function readWeeklyUpdate(
  reading: Reading,
): Omit<WeeklyUpdateDocument, 'kind' | 'leftovers' | 'unread'> {
  renamePercents(reading);
  const status =
    valueUnder(reading, 'status') ??
    valueOnOtherLine(reading, 'status') ??
    bareStatus(reading) ??
    statusBeside(bothOnLine(reading));
  const percent =
    valueUnder(reading, 'percent-complete') ??
    valueOnOtherLine(reading, 'percent-complete') ??
    barePercent(reading) ??
    percentBeside(status) ??
    percentBeside(bothOnLine(reading));
  return {
    weekOf: readWeek(reading),
    status: chosenStatus(reading, 'status') ?? statusField(reading, status),
    percentComplete: percentField(reading, percent),
    completed: readList(reading, 'completed'),
    nextSteps: readList(reading, 'next-steps'),
  };
}

function weekReading(reading: Reading): DateReading {
  const nearTo = dayOf(reading.context.now);
  const { calendar, dates } = reading.kind;
  return {
    frame: { calendar, quarter: null, ...(nearTo === null ? {} : { nearTo }) },
    words: dates,
    rangeStarts: true,
  };
}

/** Lines that can hold the week: the names of sections, and what stands before the first field. */
function* titleLines(reading: Reading): Generator<Span> {
  for (const section of reading.sections) {
    if (section.id !== null && section.id !== 'week-of') continue;
    if (section.name !== null) {
      const { name, value } = section;
      yield value !== null && value.rich === name.rich ? within(name, name.start, value.end) : name;
      if (value !== null && value.rich !== name.rich) yield value;
    }
    for (const block of section.blocks) if (block.type === 'text') yield* block.lines;
  }
}

function readWeek(reading: Reading): WeeklyUpdateDocument['weekOf'] {
  const how = weekReading(reading);
  const { placeholders } = reading.kind;
  let vague: PlacedDateField | null = null;
  for (const line of titleLines(reading)) {
    const value = weekValue(reading, line, how);
    if (value === null || !isLive(value)) continue;
    const read = readDate(value, how, (span) => placeholders.isValue(span)) as PlacedDateField;
    if (reading.kind.phrases.isPhrase(textOf(value))) noteLeftover(reading, value);
    const field = { ...read, ...(read.span === null ? {} : { span: value, raw: textOf(value) }) };
    if (field.problem !== 'not-a-date' && field.problem !== 'missing') return placedDate(reading, field);
    vague ??= field;
  }
  if (vague !== null) return placedDate(reading, vague);
  return { raw: '', date: null, inferred: false, problem: 'missing', place: null };
}

/** What a title says of the week: the text behind the words that announce it, or a date before them. */
function weekValue(reading: Reading, line: Span, how: DateReading): Span | null {
  const text = textOf(line);
  if (text.length > 200) return null;
  const { announced, title } = reading.kind.week;
  const announcement = [...text.matchAll(announced)].at(-1);
  if (announcement !== undefined) {
    const from = line.start + announcement.index + announcement[0].length;
    return withoutEdges(within(line, from, line.end));
  }
  const named = [...text.matchAll(title)].at(-1);
  if (named === undefined) return null;
  const dates = findDates(line, how);
  const [first] = dates;
  const last = dates.at(-1);
  if (first !== undefined && last !== undefined) return within(line, first.span.start, last.span.end);
  const rest = withoutEdges(within(line, line.start + named.index + named[0].length, line.end));
  return reading.kind.placeholders.isValue(rest) ? rest : null;
}

function withoutEdges(span: Span): Span {
  let { start, end } = trimmed(span);
  const { text } = span.rich;
  while (start < end && /[\s:,;(|–—-]/.test(text[start] as string)) start += 1;
  while (end > start && /[\s:,;|.–—-]/.test(text[end - 1] as string)) end -= 1;
  if (text[end - 1] === ')' && !text.slice(start, end).includes('(')) end -= 1;
  return within(span, start, end);
}

/** Lines before the first section that are nothing but a status. */
function bareStatus(reading: Reading): Span | null {
  for (const section of reading.sections) {
    if (section.id !== null && section.id !== 'week-of') continue;
    for (const span of spansOf(section.blocks)) {
      for (const line of linesIn(span)) if (reading.kind.statuses.isStatus(liveText(line))) return line;
    }
  }
  return null;
}

const numberFirst =
  /^[\s~*]*\d{1,3}(?:[.,]\d+)?\s*(?:%|percent)\s*(?:is\s+)?(?:complete|completed|done|finished)?(?=[\s.,;!|)(]|$)/iu;

/** `40% complete` on a line of its own. */
function barePercent(reading: Reading): Span | null {
  for (const section of reading.sections) {
    if (section.id !== null && section.id !== 'week-of' && section.id !== 'status') continue;
    for (const span of spansOf(section.blocks)) {
      for (const line of linesIn(span)) {
        const found = numberFirst.exec(textOf(line));
        const rest = found === null ? '' : textOf(line).slice(found[0].length);
        if (found !== null && (/complete|done|finished/i.test(found[0]) || !/\p{L}/u.test(rest))) return line;
      }
    }
  }
  return null;
}

function* linesIn(span: Span): Generator<Span> {
  let from = span.start;
  for (const line of textOf(span).split('\n')) {
    yield trimmed(within(span, from, from + line.length));
    from += line.length + 1;
  }
}

const percentPart =
  /[~]?\d{1,3}(?:[.,]\d{1,2})?\s*(?:%|percent\b)(?:\s*(?:complete|completed|done|finished)(?!\p{L}))?/iu;

/** `✅ On Track – 45 % complete (was 30 %)`, without any label. */
function bothOnLine(reading: Reading): Span | null {
  for (const section of reading.sections) {
    if (section.id !== null && section.id !== 'week-of') continue;
    for (const span of spansOf(section.blocks)) {
      for (const line of linesIn(span)) {
        const text = liveText(line);
        if (text.length > 120 || !/\d/.test(text)) continue;
        const open = text.replace(/\([^()]*\)/g, ' ');
        const rest = open.replace(percentPart, ' ').trim();
        if (rest !== open.trim() && reading.kind.statuses.isStatus(rest)) return line;
      }
    }
  }
  return null;
}

/** The part of such a line that is no percentage. */
function statusBeside(line: Span | null): Span | null {
  const found = line === null ? null : percentPart.exec(textOf(line));
  if (line === null || found === null) return null;
  const before = trimValue(within(line, line.start, line.start + found.index));
  return /[^\s(~]/.test(textOf(before))
    ? before
    : trimValue(within(line, line.start + found.index + found[0].length, line.end));
}

/** `Complete: 40%` is no list of what was completed. */
function renamePercents(reading: Reading): void {
  for (const section of reading.sections) {
    const { id, value } = section;
    if (
      id === 'completed' &&
      value !== null &&
      /^[~\s]*\d{1,3}(?:[.,]\d{1,2})?\s*(?:%|percent)\W*$/i.test(textOf(value))
    )
      section.id = 'percent-complete';
  }
}

/** `Status: On Track, 45%` */
function percentBeside(status: Span | null): Span | null {
  if (status === null) return null;
  const text = textOf(status);
  const open = text.replace(/\((?!\s*~?\d{1,3}\s*%)[^()]*\)?/g, (remark) => ' '.repeat(remark.length));
  const found = /[~-]?\d{1,3}(?:[.,]\d+)?\s*(?:%|percent)/iu.exec(open);
  return found === null
    ? null
    : within(status, status.start + found.index, status.start + found.index + found[0].length);
}
