import { linesIn, type Span, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import { addSpoken } from '../../parse/fields/spoken.ts';
import { chosenStatus } from '../../parse/fields/status-choice.ts';
import { percentField, statusUnder, valueOnOtherLine, valueUnder } from '../../parse/fields/status-field.ts';
import { readList } from '../../parse/fields/text-field.ts';
import { readWeek } from '../../parse/fields/week-field.ts';
import { liveText, type Reading, spansOf } from '../../parse/reading.ts';
import { hasDigit } from '../../parse/signs.ts';
import { trimValue } from '../../parse/values/dates.ts';
import { withPercentSigns } from '../../parse/values/percent.ts';
import type { FieldsOf } from '../kind.ts';

/** Everything in a weekly update except what all kinds have. */
export function readWeeklyUpdate(reading: Reading): FieldsOf<'weekly-update'> {
  settleNames(reading);
  addSpoken(reading, ['completed', 'next-steps']);
  settleNames(reading);
  const status =
    valueUnder(reading, 'status') ??
    valueOnOtherLine(reading, 'status') ??
    bareStatus(reading) ??
    statusBeside(bothOnLine(reading), reading);
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
  for (const line of openLines(reading)) if (reading.kind.statuses.isStatus(liveText(line))) return line;
  return null;
}

/**
 * What is before the first section, below the title and behind it (`w/c Nov 16: on track`), and the parts of such lines:
 * `ids` name further sections.
 */
function* openLines({ sections }: Reading, ...ids: string[]): Generator<Span> {
  for (const { id, name, value, blocks } of sections) {
    if (id !== null && id !== 'week-of' && !ids.includes(id)) continue;
    const titles = [name, value].filter((one) => one !== null);
    for (const span of [...titles, ...spansOf(blocks)]) {
      for (const line of linesIn(span)) {
        yield line;
        const [head = '', ...parts] = textOf(line).split(/[:|]\s/);
        let from = line.start + head.length;
        for (const part of hasDigit(head) ? parts : []) {
          yield trimmed(within(line, from + 2, from + 2 + part.length));
          from += 2 + part.length;
        }
      }
    }
  }
}

interface Amount {
  span: Span;
  before: string;
  after: string;
  /** A word behind it says that it is done: `40% complete`. */
  isDone: boolean;
}

const amount = /[~≈-]?\d{1,3}(?:[.,]\d{1,2})?\s*%/gu;

/** The percentages of a line that are not in brackets. */
function amountsIn(line: Span, { kind: { cues } }: Reading): Amount[] {
  const written = textOf(line);
  const text = withPercentSigns(written, cues);
  const open = text.replace(/\((?!\s*~?\d{1,3}\s*%)[^()]*\)?/g, (remark) => ' '.repeat(remark.length));
  return [...open.matchAll(amount)].map(({ 0: { length }, index }) => {
    const after = open.slice(index + length);
    const done = cues.behind(after, ['actual']);
    const isDone = done !== null && !/[^\s]/u.test(after.slice(0, done.at));
    // Of "45 percent" the whole word is the sign.
    const sign = /^\p{L}*/u.exec(written.slice(index + length - 1))?.[0].length ?? 0;
    const end = index + length + (isDone ? done.end : Math.max(0, sign - 1));
    return {
      span: within(line, line.start + index, line.start + end),
      before: open.slice(0, index),
      after: open.slice(end),
      isDone,
    };
  });
}

/** `40% complete` on a line of its own. */
function barePercent(reading: Reading): Span | null {
  for (const line of openLines(reading, 'status')) {
    const [first] = amountsIn(line, reading);
    if (first !== undefined && !/[^\s~*]/.test(first.before) && (first.isDone || !/\p{L}/u.test(first.after)))
      return line;
  }
  return null;
}

/** "We are at about 60 %." before the first section: not in a list, and no other percentage next to it. */
function percentInSentence(reading: Reading): Span | null {
  const { cues } = reading.kind;
  for (const { id, blocks } of reading.sections) {
    if (id !== null && id !== 'week-of' && id !== 'status') continue;
    for (const line of blocks.flatMap((block) => (block.type === 'text' ? block.lines : []))) {
      const [only, ...more] = amountsIn(line, reading);
      if (only === undefined || more.length > 0 || line.end - line.start > 300) continue;
      const isOfThis =
        cues.before(only.before, ['self']) !== null &&
        cues.behind(only.after, ['amount-of', 'out-of']) === null;
      if (only.isDone || isOfThis) return only.span;
    }
  }
  return null;
}

/** `✅ On Track – 45 % complete (was 30 %)`, without any label. */
function bothOnLine(reading: Reading): Span | null {
  for (const line of openLines(reading)) {
    const [first] = amountsIn(line, reading);
    if (first === undefined || line.end - line.start > 120) continue;
    const about = reading.kind.cues.before(first.before, ['around'], true);
    const before = about === null ? first.before : first.before.slice(0, about.at);
    if (reading.kind.statuses.isStatus(`${before} ${first.after}`.trim())) return line;
  }
  return null;
}

/** The part of such a line that is not a percentage. */
function statusBeside(line: Span | null, reading: Reading): Span | null {
  const [first] = line === null ? [] : amountsIn(line, reading);
  if (line === null || first === undefined) return null;
  const before = trimValue(within(line, line.start, first.span.start));
  return /[^\s(~]/.test(textOf(before)) ? before : trimValue(within(line, first.span.end, line.end));
}

/** One name may stand for two things: `Progress: 40%` and a list under `Progress`; `Last week` next to `This week`. */
function settleNames(reading: Reading): void {
  const { sections, kind } = reading;
  const weekOf = (name: Span | null): string | null =>
    name === null ? null : (kind.cues.first(textOf(name), ['last-week', 'this-week'])?.id ?? null);
  const pastIsNamed = sections.some(({ id, name }) => id === 'completed' && weekOf(name) === 'last-week');
  const isAlone = (first: Amount | undefined): boolean =>
    first !== undefined &&
    (first.before.trim() === '' ||
      kind.cues.is(first.before, ['target', 'actual', 'now', 'doubt', 'around']));
  for (const section of sections) {
    const { id, value, name, blocks } = section;
    const said = value === null ? '' : textOf(value);
    const [first] = value === null ? [] : amountsIn(value, reading);
    if ((id === 'completed' || id === 'status') && isAlone(first))
      section.id = weekOf(name) === 'last-week' ? null : 'percent-complete';
    else if (id === 'completed' && pastIsNamed && weekOf(name) === 'this-week') section.id = 'next-steps';
    else if (id === 'percent-complete' && !/\d/.test(said) && blocks.some(({ type }) => type === 'list'))
      section.id = 'completed';
  }
}

/** `Status: On Track, 45%` */
function percentBeside(status: Span | null, reading: Reading): Span | null {
  const [first] = status === null ? [] : amountsIn(status, reading);
  if (first === undefined || reading.kind.cues.behind(first.after, ['amount-of', 'left']) !== null)
    return null;
  return first.span;
}
