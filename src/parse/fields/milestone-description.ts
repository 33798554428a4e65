import { blankedOut, marks, type Span, trimmed, within } from '../../markdown/rich-text.ts';
import type { TextProblem } from '../../model/document.ts';
import { liveText, ownParts, type Reading } from '../reading.ts';
import { oneSpaced } from '../signs.ts';
import { findDates } from '../values/dates.ts';
import { findMentions } from '../values/people.ts';
import { dateReading } from './date-field.ts';
import type { Taken } from './pieces.ts';
import { leadInLength } from './sentence.ts';
import type { Labelled } from './written-fields.ts';

/** What a milestone's text falls into. */
export interface Parts {
  label: string | null;
  /** Text that belongs to no field. */
  free: Span[];
  /** Further paragraphs, which may name a date or people but do not describe. */
  remarks: Span[];
  fields: Labelled[];
}

interface Described {
  text: string;
  problem: TextProblem | null;
  span: Span | null;
}

/** What is left as the description when dates and people are taken out. */
export function describe(reading: Reading, parts: Parts, taken: readonly Taken[]): Described {
  const candidates = [
    ...parts.free,
    ...parts.fields.filter(({ id }) => id === 'description').map(({ value }) => value),
  ].map((span) => withoutTaken(reading, span, taken));
  const own: Span[] = [];
  let template = false;
  for (const span of candidates) {
    if (!isWordy(span)) continue;
    const pieces = ownParts(reading, span);
    if (pieces.length === 0) template = true;
    own.push(...pieces.map(trimDescription).filter(isWordy));
  }
  if (own.length === 0 && !template) own.push(...remainders(reading, parts));
  const text = oneSpaced(own.map(liveText).join(' ')).trim();
  const [first] = own;
  const last = own.at(-1);
  const span =
    first === undefined || last === undefined
      ? null
      : last.rich === first.rich && last.end > first.start
        ? within(first, first.start, last.end)
        : first;
  if (text === '' || span === null) return { text, problem: template ? 'placeholder' : 'missing', span };
  const open = reading.kind.placeholders.isPlaceholder(text);
  return { text, problem: open ? 'placeholder' : null, span };
}

/** Whether a span says anything in words. */
export const isWordy = (span: Span): boolean => /[\p{L}\p{N}?]/u.test(liveText(span));

/** What is left of a value behind the date or the last mention: `Due: Dec 4 - Publish the guide`. */
function remainders(reading: Reading, parts: Parts): Span[] {
  for (const { id, value } of parts.fields) {
    const found =
      id === 'due-date'
        ? findDates(value, dateReading(reading))
        : id === 'dri'
          ? findMentions(value, reading.groups)
          : [];
    const last = found.at(-1)?.span;
    if (last === undefined) continue;
    const rest = trimDescription(within(value, last.end, value.end));
    const text = blankedOut(rest.rich, marks.struck).slice(rest.start, rest.end);
    const setOff = /^\s*[–—:|-]/.test(value.rich.text.slice(last.end, value.end)) && /^\p{L}{3,}/u.test(text);
    if ((setOff || /\p{L}{2,}\s+\p{L}{2,}/u.test(text)) && !text.startsWith('(')) return [rest];
  }
  return [];
}

const ending = /^[\s.,;:|)\]!?(–—/-]*$/;

/** Cuts off what was read as a date or as people, as long as it is at an end of the text. */
function withoutTaken(reading: Reading, span: Span, taken: readonly Taken[]): Span {
  let { start, end } = span;
  const { text } = span.rich;
  let rest = taken.filter(
    (one) => one.span.rich === span.rich && one.span.end > start && one.span.start < end,
  );
  for (let turn = 0; turn < 4 && rest.length > 0; turn += 1) {
    const left: Taken[] = [];
    for (const one of rest) {
      if (one.where === 'end' || ending.test(text.slice(one.span.end, end))) {
        end = Math.min(end, one.span.start);
        end -= leadInLength(text.slice(Math.max(start, end - 60), end), dateReading(reading));
      } else if (one.where === 'start' || ending.test(text.slice(start, one.span.start)))
        start = Math.max(start, one.span.end);
      else left.push(one);
    }
    if (left.length === rest.length) break;
    rest = left;
  }
  return within(span, start, Math.max(start, end));
}

/** Without the separators and brackets that stood between fields. */
function trimDescription(span: Span): Span {
  let { start, end } = trimmed(span);
  const { text } = span.rich;
  while (
    start < end &&
    /[\s,;|:)\]–—•·→>-]/.test(text[start] as string) &&
    !/^-\d/.test(text.slice(start, start + 2))
  )
    start += 1;
  if (/^\.\s/.test(text.slice(start, start + 2))) start += 2;
  while (end > start && /[\s,;|([–—{•·→-]/.test(text[end - 1] as string)) end -= 1;
  return within(span, start, end);
}
