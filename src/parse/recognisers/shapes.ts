import type { Item } from '../../markdown/block.ts';
import { isAll, marks, type Span, sourceOf, textOf, within } from '../../markdown/rich-text.ts';
import type { ItemState } from '../../model/document.ts';
import { dateReading } from '../fields/date-field.ts';
import { isSmall } from '../fields/sentence.ts';
import { headOf, isLive, type Reading } from '../reading.ts';
import { hasLetter, hasWord, wordsOf } from '../signs.ts';
import { findDates } from '../values/dates.ts';
import { findMentions } from '../values/people.ts';
import { stateOfBox } from '../values/states.ts';

/** What a reader takes for one milestone, before its fields are read. */
export interface RawMilestone {
  /** The text of the item, heading or cells with the description. */
  own: Span[];
  /** Values that are certain to be of a field: table cells. */
  cells: { id: string; value: Span }[];
  /** Bullets beneath that hold fields: `- Due Date: …`. */
  beneath: Span[];
  /** From a box or a status column; null: not said. */
  state: ItemState | null;
  /** Left out: a list item or line. */
  form?: 'row' | 'heading';
  /** The columns of a row that hold fields. */
  columns?: { id: string; name: string; index: number }[];
  /** What speaks against it: the table it is in has columns of another kind. */
  doubt?: number;
  /** Offsets in the source. */
  start: number;
  end: number;
}

/** A milestone of nothing but text. */
export const plainItem = (own: Span[], state: ItemState | null = null): RawMilestone => ({
  own,
  cells: [],
  beneath: [],
  state,
  start: sourceOf(own[0] as Span).start,
  end: sourceOf(own.at(-1) as Span).end,
});

const idsOfMilestones = new Set(['due-date', 'dri', 'description', 'start-date', 'state']);

export const isNamed = (reading: Reading, span: Span): boolean => reading.kind.items.begins(textOf(span));

/** A line or bullet that is nothing but a field of the milestone above it. */
export function isField(reading: Reading, span: Span): boolean {
  const [first] = reading.kind.labels.find(span);
  if (first === undefined || !idsOfMilestones.has(first.id)) return false;
  return !hasWord(span.rich.text.slice(span.start, first.label.start));
}

export function isFieldItem(reading: Reading, item: Item): boolean {
  const head = headOf(item);
  return head !== null && (isField(reading, head) || isBareValue(reading, head));
}

/** The field that a cell is the name of, at the head of a column or row. */
export const fieldNamed = ({ kind }: Reading, cell: Span | undefined): string | null =>
  cell === undefined ? null : kind.columns.idOf(textOf(cell));

/** A bullet that says no more than "Details", with the fields in it. */
export function isLabelOnly(reading: Reading, item: Item): boolean {
  const head = headOf(item);
  return head !== null && item.blocks.length > 1 && reading.kind.columns.idOf(textOf(head)) !== null;
}

/** A bullet that holds nothing but a date or people. */
export function isBareValue(reading: Reading, span: Span): boolean {
  const text = textOf(span);
  if (text.length > 80) return false;
  const parts = [
    ...findMentions(span, reading.groups).map((one) => one.span),
    ...findDates(span, dateReading(reading)).map((one) => one.span),
  ];
  if (parts.length === 0) return false;
  let rest = text;
  for (const part of parts) rest = rest.replace(textOf(part), ' ');
  const dates = dateReading(reading);
  return wordsOf(rest).every(
    (word) =>
      isSmall(word.toLowerCase(), dates) ||
      (word.length > 1 && dates.cues.is(word, ['and', 'or', 'around', 'preposition', 'lead-in'])),
  );
}

/** Whether a text has a date and people of its own, or labels for one of them. */
export function hasOwnFields(reading: Reading, head: Span): boolean {
  const ids = new Set(reading.kind.labels.find(head).map(({ id }) => id));
  if (ids.has('due-date') || ids.has('dri')) return true;
  return findMentions(head, reading.groups).length > 0 && findDates(head, dateReading(reading)).length > 0;
}

/** A line or heading that says all by itself: `**Course** (@ann, Dec 4)`, `Course - Due Date: Dec 4 - DRI: @ann`. */
export function isWhole(reading: Reading, span: Span, isHeading: boolean): boolean {
  const text = textOf(span);
  const labels = reading.kind.labels.find(span);
  const [first] = labels;
  const standsOut = isHeading || isAll(within(span, span.start, span.start + 1), marks.strong);
  if (first !== undefined) {
    if (!hasLetter(text.slice(0, first.label.start - span.start))) return false;
    const ids = new Set(labels.map(({ id }) => id));
    if (standsOut) return ids.has('due-date') || ids.has('dri');
    return (
      labels.some(
        ({ id, value }) => id === 'due-date' && findDates(value, dateReading(reading)).length > 0,
      ) && labels.some(({ id, value }) => id === 'dri' && findMentions(value, reading.groups).length > 0)
    );
  }
  const open = text.search(/\s[-–—:|,]?\s*[([]?(?:@|[^([]{1,40}@[^([]*[)\]]\W*$)/);
  const rest = within(span, span.start + Math.max(0, open), span.end);
  return (
    standsOut &&
    open > 0 &&
    isBareValue(reading, rest) &&
    findMentions(rest, reading.groups).length > 0 &&
    findDates(rest, dateReading(reading)).length > 0
  );
}

/** `etc.` and `...` are not milestones. */
export const isMilestoneText = (reading: Reading, head: Span): boolean =>
  isLive(head) && !isAndSoOn(reading, textOf(head));

export const isAndSoOn = ({ kind: { cues } }: Reading, text: string): boolean =>
  /^[\s(.…)]+$/.test(text) || cues.is(text, ['and-so-on']);

const typedBox = /^(?:[-*•]\s{0,3})?(?:\[([ xX~-]?)\]\s{0,3})?/;

/** The box that is typed at the beginning of a text, and what is behind it. */
export function withoutBox(span: Span): { rest: Span; state: ItemState | null } {
  const found = typedBox.exec(textOf(span));
  const rest = within(span, span.start + (found?.[0].length ?? 0), span.end);
  return { rest, state: found?.[1] === undefined ? null : stateOfBox(found[1].toLowerCase()) };
}
