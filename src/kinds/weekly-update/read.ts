import { linesIn, type Span, textOf, within } from '../../markdown/rich-text.ts';
import { addSpoken } from '../../parse/fields/spoken.ts';
import { chosenStatus } from '../../parse/fields/status-choice.ts';
import { percentField, statusUnder, valueOnOtherLine, valueUnder } from '../../parse/fields/status-field.ts';
import { readList } from '../../parse/fields/text-field.ts';
import { readWeek } from '../../parse/fields/week-field.ts';
import { liveText, type Reading, spansOf } from '../../parse/reading.ts';
import { trimValue } from '../../parse/values/dates.ts';
import type { FieldsOf } from '../kind.ts';

/** Everything of a weekly update but what all kinds have. */
export function readWeeklyUpdate(reading: Reading): FieldsOf<'weekly-update'> {
  settleNames(reading);
  addSpoken(reading, ['completed', 'next-steps']);
  const status =
    valueUnder(reading, 'status') ??
    valueOnOtherLine(reading, 'status') ??
    bareStatus(reading) ??
    statusBeside(bothOnLine(reading));
  const percent =
    valueUnder(reading, 'percent-complete') ??
    valueOnOtherLine(reading, 'percent-complete') ??
    barePercent(reading) ??
    percentBeside(status, reading) ??
    percentBeside(bothOnLine(reading), reading) ??
    percentInSentence(reading);
  return {
    weekOf: readWeek(reading),
    status: chosenStatus(reading, 'status') ?? statusUnder(reading, 'status', status),
    percentComplete: percentField(reading, percent),
    completed: readList(reading, 'completed'),
    nextSteps: readList(reading, 'next-steps'),
  };
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

const said =
  /(?:^|[^\p{L}])(?:(?:we|i|kr)\s*(?:['’](?:re|m)|are|am|is|now|stand)|it(?:['’]s|\s+is)|(?:overall|currently|standing|now)(?:\s+(?:at|is))?)\s+(?:[\p{L}~≈]{1,13}\s+){0,4}[~≈]?\d{1,3}(?:[.,]\d{1,2})?\s*(?:%|percent(?!\p{L}))(?!\s*(?:of|in)\s)|\d{1,3}(?:[.,]\d{1,2})?\s*(?:%|percent)\s+(?:done|complete|completed|finished|there|of the way)(?!\p{L})/iu;

/** "We are at about 60 %." before the first section: not in a list, and no other percentage next to it. */
function percentInSentence(reading: Reading): Span | null {
  for (const section of reading.sections) {
    if (section.id !== null && section.id !== 'week-of' && section.id !== 'status') continue;
    for (const block of section.blocks) {
      if (block.type !== 'text') continue;
      for (const line of block.lines) {
        const text = liveText(line);
        const open = text.replace(/\([^()]*\)/g, ' ');
        if (text.length > 300 || [...open.matchAll(/\d\s*(?:%|percent)/giu)].length !== 1) continue;
        const at = said.test(open) ? textOf(line).search(percentPart) : -1;
        const found = at === -1 ? null : percentPart.exec(textOf(line));
        if (found !== null) return within(line, line.start + at, line.start + at + found[0].length);
      }
    }
  }
  return null;
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

const percentFirst = /^[~≈\s]*\d{1,3}(?:[.,]\d{1,2})?\s*(?:%|percent(?!\p{L}))/iu;

/** One name may stand for two things: `Progress: 40%` and a list under `Progress`; `Last week` next to `This week`. */
function settleNames({ sections, kind: { cues } }: Reading): void {
  const weekOf = (name: Span | null): string | null =>
    name === null ? null : (cues.first(textOf(name), ['last-week', 'this-week'])?.id ?? null);
  const pastIsNamed = sections.some(({ id, name }) => id === 'completed' && weekOf(name) === 'last-week');
  for (const section of sections) {
    const { id, value, name, blocks } = section;
    const said = value === null ? '' : textOf(value);
    if ((id === 'completed' || id === 'status') && percentFirst.test(said))
      section.id = weekOf(name) === 'last-week' ? null : 'percent-complete';
    else if (id === 'completed' && pastIsNamed && weekOf(name) === 'this-week') section.id = 'next-steps';
    else if (id === 'percent-complete' && !/\d/.test(said) && blocks.some(({ type }) => type === 'list'))
      section.id = 'completed';
  }
}

/** `Status: On Track, 45%` */
function percentBeside(status: Span | null, { kind: { cues } }: Reading): Span | null {
  if (status === null) return null;
  const text = textOf(status);
  const open = text.replace(/\((?!\s*~?\d{1,3}\s*%)[^()]*\)?/g, (remark) => ' '.repeat(remark.length));
  const found = /[~-]?\d{1,3}(?:[.,]\d+)?\s*(?:%|percent)/iu.exec(open);
  if (
    found !== null &&
    cues.behind(open.slice(found.index + found[0].length), ['amount-of', 'left']) !== null
  )
    return null;
  return found === null
    ? null
    : within(status, status.start + found.index, status.start + found.index + found[0].length);
}
