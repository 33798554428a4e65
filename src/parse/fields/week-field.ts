import { type Span, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import { dayAt } from '../../model/calendar.ts';
import type { DocumentOf } from '../../model/document.ts';
import { memo } from '../../text/memo.ts';
import { isLive, noteLeftover, type Reading } from '../reading.ts';
import { hasWord } from '../signs.ts';
import { findDates, type PlacedDateField, readDate } from '../values/dates.ts';
import type { DateReading } from '../values/found-date.ts';
import { placedDate } from './date-field.ts';

/** A run reads all its texts at one instant. */
const dayOf = memo((instantAndZone) => {
  const [now = '', timeZone = ''] = instantAndZone.split(' ');
  return dayAt(now, timeZone === '' ? {} : { timeZone });
});

function weekReading(reading: Reading): DateReading {
  const { calendar, dates, cues } = reading.kind;
  const nearTo = dayOf(`${reading.context.now} ${calendar.timeZone ?? ''}`);
  return {
    frame: { calendar, quarter: null, ...(nearTo === null ? {} : { nearTo }) },
    words: dates,
    cues,
    rangeStarts: true,
  };
}

interface TitleLine {
  line: Span;
  /** In a cell of its own, behind a name that announces the week. */
  isValue?: boolean;
}

/** Lines that can hold the week: the names of sections first, then what is before the fields. */
function* titleLines(reading: Reading): Generator<TitleLine> {
  const sections = reading.sections.filter(({ id }) => id === null || id === 'week-of');
  for (const { id, name, value } of sections) {
    if (name === null) continue;
    yield { line: value !== null && value.rich === name.rich ? within(name, name.start, value.end) : name };
    if (value !== null && value.rich !== name.rich) yield { line: value, isValue: id === 'week-of' };
  }
  for (const { id, name, value, blocks } of sections) {
    // `## Week of`, and the date below it.
    let isValue = id === 'week-of' && name !== null && value === null && announces(reading, name);
    for (const block of blocks) {
      if (block.type !== 'text') continue;
      for (const line of block.lines) {
        yield { line, isValue };
        isValue = false;
      }
    }
  }
}

function announces({ kind }: Reading, name: Span): boolean {
  const found = [...textOf(name).matchAll(kind.week.announced)].at(-1);
  return found !== undefined && !hasWord(textOf(name).slice(found.index + found[0].length));
}

/** The week that an update is for, from its title or the lines below it. */
export function readWeek(reading: Reading): DocumentOf<'weekly-update'>['weekOf'] {
  const how = weekReading(reading);
  const { placeholders } = reading.kind;
  let vague: PlacedDateField | null = null;
  let bare: PlacedDateField | null = null;
  for (const { line, isValue = false } of titleLines(reading)) {
    const value = isValue ? withoutEdges(line) : weekValue(reading, line, how);
    if (value === null && isTitle(reading, line)) bare ??= bareDate(line, how);
    if (value === null || !isLive(value)) continue;
    const read = readDate(value, how, (span) => placeholders.isValue(span));
    if (reading.kind.phrases.isPhrase(textOf(value))) noteLeftover(reading, value);
    const field = { ...read, ...(read.span === null ? {} : { span: value, raw: textOf(value) }) };
    if (field.problem !== 'not-a-date' && field.problem !== 'missing') return placedDate(reading, field);
    vague ??= field;
  }
  const found = vague ?? bare;
  if (found !== null) return placedDate(reading, found);
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
  const all = findDates(line, how);
  const dates = all.filter(({ before }) => how.cues.before(before, ['last-update', 'not']) === null);
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined && all.length > 0) return null;
  if (first !== undefined && last !== undefined) return within(line, first.span.start, last.span.end);
  const rest = withoutEdges(within(line, line.start + named.index + named[0].length, line.end));
  return reading.kind.placeholders.isValue(rest) ? rest : null;
}

/** The name of a section, or what the text begins with. */
const isTitle = ({ sections: [first, second] }: Reading, line: Span): boolean => {
  const [block] = first?.blocks ?? [];
  const names = [first, second].map((section) => section?.name);
  return (
    names.some((name) => name?.rich === line.rich && name.start === line.start) ||
    (block?.type === 'text' && block.lines[0] === line)
  );
};

/** `## 2026-11-16`: a title that is nothing but a date, or a range. */
function bareDate(line: Span, how: DateReading): PlacedDateField | null {
  const text = textOf(line);
  if (text.length > 60) return null;
  const dates = findDates(line, how);
  const [first] = dates;
  const last = dates.at(-1);
  if (first === undefined || last === undefined || dates.length > 2) return null;
  const around = text.slice(0, first.span.start - line.start) + text.slice(last.span.end - line.start);
  const rest = around.toLowerCase().replace(/\p{L}+/gu, (word) => (how.words.weekday(word) > 0 ? '' : word));
  if (hasWord(rest)) return null;
  const value = within(line, first.span.start, last.span.end);
  const field = readDate(value, how, () => false);
  return field.date === null ? null : { ...field, span: value, raw: textOf(value) };
}

function withoutEdges(span: Span): Span {
  let { start, end } = trimmed(span);
  const { text } = span.rich;
  while (start < end && /[\s:,;(|–—-]/.test(text[start] as string)) start += 1;
  while (end > start && /[\s:,;|.–—-]/.test(text[end - 1] as string)) {
    // The full stop of "16.11." belongs to the date.
    if (/\d\.$/.test(text.slice(start, end))) break;
    end -= 1;
  }
  if (text[end - 1] === ')' && !text.slice(start, end).includes('(')) end -= 1;
  return within(span, start, end);
}
