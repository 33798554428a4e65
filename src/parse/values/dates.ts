import {
  blankedOut,
  halfWidth,
  marks,
  perSpan,
  type Span,
  trimmed,
  within,
} from '../../markdown/rich-text.ts';
import type { DateField, DateProblem } from '../../model/document.ts';
import { behindFirstArrow, hasLetter } from '../signs.ts';
import { chooseDate } from './date-choice.ts';
import type { FoundForm } from './date-form.ts';
import { formAt } from './date-forms.ts';
import { type Resolved, resolveForm, weekdayOf } from './date-resolve.ts';
import { dateTokens, type Token } from './date-tokens.ts';
import { weekdayName } from './date-words.ts';
import type { DateReading, FoundDate } from './found-date.ts';

const hidden = marks.struck | marks.literal;

/** The text of a span as dates are looked for in it: nothing struck, no addresses. */
export function datedText(span: Span): string {
  return halfWidth(blankedOut(span.rich, hidden).slice(span.start, span.end)).replace(
    /[\u00a0\u2007\u2009\u200b\u202f]/g,
    ' ',
  );
}

const finders = new WeakMap<DateReading, (span: Span) => readonly FoundDate[]>();

/** All dates in a span, in order, each with what is before it. */
export function findDates(span: Span, reading: DateReading): readonly FoundDate[] {
  const find = finders.get(reading) ?? perSpan((one) => datesIn(one, reading));
  finders.set(reading, find);
  return find(span);
}

function datesIn(span: Span, reading: DateReading): FoundDate[] {
  const text = datedText(span);
  if (!reading.words.mayHold(text)) return [];
  const tokens = dateTokens(text, reading.words);
  const found: FoundDate[] = [];
  let depth = 0;
  let last = 0;
  for (let at = 0; at < tokens.length; ) {
    const form = formAt(tokens, at);
    if (form === null) {
      depth = nextDepth(depth, tokens[at] as Token);
      at += 1;
      continue;
    }
    const start = (tokens[form.from] as Token).start;
    const end = (tokens[form.to - 1] as Token).end;
    found.push({
      ...resolve(form, reading),
      span: within(span, span.start + start, span.start + end),
      bracketed: depth > 0,
      range: form.rangeStart !== undefined,
      before: text.slice(last, start).toLowerCase(),
      after: '',
      weekday: weekdayBeside(tokens, form),
    });
    last = end;
    at = form.to;
  }
  for (const [index, date] of found.entries()) {
    date.after = found[index + 1]?.before ?? text.slice(last).toLowerCase();
  }
  return found;
}

function nextDepth(depth: number, token: Token): number {
  if (token.kind !== 'sign') return depth;
  if (token.text === '(' || token.text === '[') return depth + 1;
  return token.text === ')' || token.text === ']' ? Math.max(0, depth - 1) : depth;
}

function resolve(found: FoundForm, reading: DateReading): Resolved {
  const own = resolveForm(found.form, reading.frame);
  if (found.alternative !== undefined) {
    const other = resolveForm(found.alternative, reading.frame);
    return {
      readings: [...new Set([...other.readings, ...own.readings])],
      inferred: own.inferred,
      unknown: true,
    };
  }
  return found.rangeStart !== undefined && reading.rangeStarts === true
    ? resolveForm(found.rangeStart, reading.frame)
    : own;
}

function weekdayBeside(tokens: readonly Token[], { from, to }: FoundForm): number {
  let at = from - 1;
  while (
    at >= 0 &&
    ((tokens[at]?.kind === 'sign' && ',.'.includes(tokens[at]?.text ?? '')) || tokens[at]?.text === 'the')
  ) {
    at -= 1;
  }
  const before = tokens[at];
  if (before !== undefined && before.weekday > 0 && at >= from - 3) return before.weekday;
  const bracket = tokens[to]?.text === '(' || tokens[to]?.text === ',' ? to + 1 : to;
  const after = tokens[bracket];
  const next = tokens[bracket + 1];
  return after !== undefined && after.weekday > 0 && next?.kind !== 'number' ? after.weekday : 0;
}

/** What a due date (or a week's date) says: one date, or what is wrong with it. */
export function readDate(
  span: Span,
  reading: DateReading,
  isPlaceholder: (span: Span) => boolean,
): PlacedDateField {
  const value = trimValue(span);
  const raw = value.rich.text.slice(value.start, value.end);
  const live = datedText(value).replace(/[\s￼]+/g, '');
  if (!/[\p{L}\p{N}?…]|\.\.|^[_-]{2,}$/u.test(live)) return problem('missing', '', null);
  const found = findDates(value, reading);
  if (found.length === 0) {
    const bare = dashed(value, reading);
    if (bare !== null) return asField(bare, raw);
    if (/^-+$/.test(raw.trim()) || reading.cues.is(raw, ['none'])) return problem('missing', raw, value);
    return problem(isPlaceholder(value) ? 'placeholder' : 'not-a-date', raw, value);
  }
  const [only] = found;
  // Most values are a date and nothing else: no words around it say anything of it.
  if (only !== undefined && only.span.start === value.start && only.span.end === value.end)
    return asField(only, raw);
  if (isOpenAgain(value, found, reading, isPlaceholder)) return problem('placeholder', raw, value);
  if (isMovedToNoDay(value, found, reading)) return problem('not-a-date', raw, value);
  const chosen = chooseDate(found, reading);
  if (chosen === null) return problem('not-a-date', raw, value);
  const field = asField(chosen.date, raw);
  return chosen.doubtful && field.date !== null ? { ...field, certain: false } : field;
}

/** `12-04`: a date only where nothing else is. */
function dashed(value: Span, reading: DateReading): FoundDate | null {
  const [, first, second] = /^(\d{1,2})-(\d{1,2})\.?$/.exec(datedText(value).trim()) ?? [];
  if (first === undefined || second === undefined) return null;
  const form = { form: 'numbers', first: Number(first), second: Number(second), year: null } as const;
  return {
    ...resolveForm(form, reading.frame),
    span: value,
    bracketed: false,
    range: false,
    before: '',
    after: '',
    weekday: 0,
  };
}

/** Where what replaces a date begins: "→ …", "now …", "(moved to …"; null: nothing does. */
function replacementAt(text: string, { cues }: DateReading): number | null {
  const arrow = behindFirstArrow(text);
  if (arrow > 0) return arrow;
  const cue = cues.behind(text, ['now']);
  return cue === null ? null : cue.end + (/^(?:[\s:=]|\uFE0F)*/u.exec(text.slice(cue.end))?.[0].length ?? 0);
}

/** "Jan 8 → TBD", "was Jan 8, now TBD", "TBD (was Jan 8)": what counts is not known yet. */
function isOpenAgain(
  value: Span,
  found: readonly FoundDate[],
  reading: DateReading,
  isPlaceholder: (span: Span) => boolean,
): boolean {
  const { text } = value.rich;
  const first = found[0] as FoundDate;
  const last = (found.at(-1) as FoundDate).span.end;
  const behind = text.slice(last, Math.min(value.end, last + 60));
  for (const from of [
    replacementAt(behind, reading),
    /^[\s,;]+(?=\p{L})/u.exec(behind)?.[0].length ?? null,
  ]) {
    if (from === null) continue;
    let { end } = value;
    while (end > last && /[\s)\].]/.test(text[end - 1] as string)) end -= 1;
    const rest = within(value, last + from, end);
    if (rest.start < rest.end && rest.end - rest.start < 40 && isPlaceholder(rest)) return true;
  }
  const ahead = within(value, value.start, first.span.start);
  const cut = text.slice(ahead.start, ahead.end).search(/[([,;]/);
  const head = trimmed(within(ahead, ahead.start, cut > 0 ? ahead.start + cut : ahead.end));
  const said = text.slice(head.start, head.end);
  // "add here Dec 4": the answer was typed behind the template's words.
  const setOff =
    (found.every((date) => date.bracketed) &&
      text[head.end + 1] !== undefined &&
      /^\s*[([]/.test(text.slice(head.end))) ||
    reading.cues.before(text.slice(ahead.start, ahead.end), ['due', 'event']) !== null;
  return setOff && said.length < 40 && /\p{L}{2}/u.test(said) && isPlaceholder(head);
}

/** "Dec 4 → January", "Dec 4, moved to Q1": the day that is written counts no more, and no other was set. */
function isMovedToNoDay({ rich, end }: Span, found: readonly FoundDate[], reading: DateReading): boolean {
  const { words, cues } = reading;
  const last = (found.at(-1) as FoundDate).span.end;
  const from = replacementAt(rich.text.slice(last, Math.min(end, last + 60)), reading);
  if (from === null || end - last - from > 40) return false;
  const said = rich.text
    .slice(last + from, end)
    .toLowerCase()
    .split(/[\s.,)\]/-]+/)
    .filter((word) => word !== '');
  return (
    said.some((word) => hasLetter(word)) &&
    said.every(
      (word) =>
        /^'?(?:[qh][1-4]|(?:fy)?\d{2,4}(?:q[1-4])?)$/.test(word) ||
        words.month(word) > 0 ||
        cues.is(word, ['no-day', 'vague-time', 'around', ...dateIds]),
    )
  );
}

const dateIds = ['the', 'of', 'this', 'last', 'end', 'year', 'quarter', 'month', 'part'];

export interface PlacedDateField extends DateField {
  span: Span | null;
}

const problem = (kind: DateProblem, raw: string, span: Span | null): PlacedDateField => ({
  raw,
  date: null,
  inferred: false,
  problem: kind,
  span,
});

/** The field without the separators and brackets around it. */
export function trimValue(span: Span): Span {
  let { start, end } = trimmed(span);
  const { text } = span.rich;
  while (
    start < end &&
    /[\s,;|:=–—-]/.test(text[start] as string) &&
    !/^(?:-\d|:[a-z0-9_+-]{1,60}:)/.test(text.slice(start, start + 62))
  )
    start += 1;
  while (end > start && /[\s,;|–—([{]$|\s-$/.test(text.slice(Math.max(start, end - 2), end))) end -= 1;
  return within(span, start, end);
}

/** A found date in the shape of a field. */
export function asField(date: FoundDate, raw: string): PlacedDateField {
  const base = { raw, inferred: false, date: null, span: date.span };
  const readings = date.readings.toSorted();
  if (date.unknown === true || readings.length > 1) return { ...base, problem: 'ambiguous', readings };
  const [day] = readings;
  if (day === undefined) return { ...base, problem: 'impossible' };
  const wrong = date.weekday > 0 && date.weekday !== weekdayOf(day);
  return {
    ...base,
    date: day,
    inferred: date.inferred,
    problem: null,
    ...(wrong ? { wrongWeekday: weekdayName(date.weekday) } : {}),
  };
}
