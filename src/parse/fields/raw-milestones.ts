import type { Block, Heading, Item, List, TextBlock } from '../../markdown/block.ts';
import { type Span, sourceOf, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import { headOf, isLive, paragraphs, type Reading, sectionsOf, spansOf } from '../reading.ts';
import { findDates } from '../values/dates.ts';
import { findMentions } from '../values/people.ts';
import { stateOfBox } from '../values/states.ts';
import { dateReading } from './date-field.ts';
import { isField, isFieldItem, isWhole, type RawMilestone, type Wanted } from './milestone-shapes.ts';
import { collectTable, fieldCells } from './milestone-tables.ts';

/** The milestones of a KR, in order. */
export function rawMilestones(reading: Reading): RawMilestone[] {
  const found: RawMilestone[] = [];
  for (const section of sectionsOf(reading, 'milestones')) {
    if (section.name !== null && reading.kind.archived?.test(textOf(section.name)) === true) continue;
    if (section.value !== null && reading.kind.items.begins(textOf(section.value))) {
      const { start, end } = sourceOf(section.value);
      found.push({ own: [section.value], cells: [], beneath: [], state: null, start, end });
    }
    collect(reading, section.blocks, found, () => true);
  }
  if (found.length > 0) return found;
  for (const section of reading.sections) {
    if (section.id !== 'milestones')
      collect(reading, section.blocks, found, (span) => isNamed(reading, span));
  }
  return found;
}

const isNamed = (reading: Reading, span: Span): boolean => reading.kind.items.begins(textOf(span));

function collect(reading: Reading, blocks: readonly Block[], into: RawMilestone[], wanted: Wanted): void {
  let at = 0;
  const headed = blocks.some((block, index) => block.type === 'heading' && isHeaded(reading, blocks, index));
  while (at < blocks.length) {
    const block = blocks[at] as Block;
    if (block.type === 'list') collectList(reading, block, into, wanted);
    else if (block.type === 'table') collectTable(reading, block, into, wanted);
    else if (block.type === 'text') {
      if (!fieldsOfLast(reading, block, blocks[at - 1], into))
        collectLines(reading, block, blocks[at + 1], into, wanted);
    } else if (block.type === 'heading' && wanted(block.text)) {
      const end = headingEnd(blocks, at);
      const whole = isWhole(reading, block.text, true);
      if (
        isHeaded(reading, blocks, at) ||
        ((headed || whole) && !hasItems(reading, blocks.slice(at + 1, end)))
      ) {
        into.push(underHeading(reading, block, blocks.slice(at + 1, end)));
        at = end;
        continue;
      }
    }
    at += 1;
  }
}

/** Lines of fields right below a list belong to its last item, though they are not indented. */
function fieldsOfLast(
  reading: Reading,
  block: TextBlock,
  before: Block | undefined,
  into: RawMilestone[],
): boolean {
  const last = into.at(-1);
  const [first] = block.lines;
  if (last === undefined || first === undefined || before?.type !== 'list' || !isField(reading, first))
    return false;
  last.beneath.push(...paragraphs(block.lines));
  last.end = Math.max(last.end, block.end);
  return true;
}

/** The index behind the blocks that belong to the heading at `at`. */
function headingEnd(blocks: readonly Block[], at: number): number {
  const { level } = blocks[at] as Heading;
  const end = blocks.findIndex(
    (block, index) => index > at && block.type === 'heading' && block.level <= level,
  );
  return end === -1 ? blocks.length : end;
}

/** Whether the heading at `at` is a milestone itself: by its name, or by the fields right beneath it. */
function isHeaded(reading: Reading, blocks: readonly Block[], at: number): boolean {
  const heading = blocks[at] as Heading;
  const beneath = blocks.slice(at + 1, headingEnd(blocks, at));
  if (isNamed(reading, heading.text))
    return !beneath.some((block) => block.type === 'list' && hasNamed(reading, block));
  return beneath.some((block) => {
    if (block.type === 'text') return block.lines.some((line) => isField(reading, line));
    if (block.type === 'table') return fieldCells(reading, block) !== null;
    return block.type === 'list' && block.items.some((item) => isFieldItem(reading, item));
  });
}

const hasNamed = (reading: Reading, list: List): boolean =>
  list.items.some((item) => {
    const head = headOf(item);
    return head !== null && isNamed(reading, head);
  });

const hasItems = (reading: Reading, blocks: readonly Block[]): boolean =>
  blocks.some(
    (block) =>
      (block.type === 'table' && fieldCells(reading, block) === null) ||
      (block.type === 'list' && block.items.some((item) => !isFieldItem(reading, item))),
  );

function underHeading(reading: Reading, heading: Heading, beneath: readonly Block[]): RawMilestone {
  const box = /^\s*(?:\[([ xX~-])\]|\d{1,2}[.)](?=\s))\s*/.exec(textOf(heading.text));
  const title =
    box === null
      ? heading.text
      : trimmed(within(heading.text, heading.text.start + box[0].length, heading.text.end));
  const fields: Span[] = [];
  const cells: { id: string; value: Span }[] = [];
  const own = [title];
  for (const block of beneath) {
    if (block.type === 'text') {
      const lines = block.lines.filter((line) => isField(reading, line));
      if (lines.length > 0) fields.push(...paragraphs(block.lines));
      else own.push(...paragraphs(block.lines));
    } else if (block.type === 'list') {
      for (const item of block.items) if (isFieldItem(reading, item)) fields.push(...spansOf(item.blocks));
    } else if (block.type === 'table') cells.push(...(fieldCells(reading, block) ?? []));
  }
  return {
    own,
    cells,
    beneath: fields,
    form: 'heading',
    state: box?.[1] === undefined ? null : stateOfBox(box[1].toLowerCase()),
    start: heading.start,
    end: beneath.at(-1)?.end ?? heading.end,
  };
}

function collectList(reading: Reading, list: List, into: RawMilestone[], wanted: Wanted): void {
  const before = into.length;
  for (const item of list.items) {
    const last = into.length > before ? into.at(-1) : undefined;
    if (last !== undefined && completes(reading, item, last)) {
      last.beneath.push(...spansOf(item.blocks));
      last.end = item.end;
    } else collectItem(reading, item, into, wanted);
  }
}

/** A bullet that is one field which the item before it lacks: `- [ ] Milestone 1: …`, `- Due Date: …`. */
function completes(reading: Reading, item: Item, last: RawMilestone): boolean {
  const head = headOf(item);
  if (head === null || item.box !== null || !isField(reading, head)) return false;
  const { labels } = reading.kind;
  const fields = labels.find(head);
  const [field] = fields;
  if (field === undefined || fields.length > 1 || field.id === 'description') return false;
  return ![...last.own, ...last.beneath].some((span) => labels.find(span).some(({ id }) => id === field.id));
}

function collectItem(reading: Reading, item: Item, into: RawMilestone[], wanted: Wanted): void {
  const head = headOf(item);
  const lists = item.blocks.filter((block) => block.type === 'list');
  const subs = lists.flatMap((list) => list.items);
  const named = head !== null && isNamed(reading, head);
  if (!named && subs.length > 0 && isGroup(reading, head, subs)) {
    for (const sub of subs) collectItem(reading, sub, into, wanted);
    return;
  }
  if (head === null || !isMilestoneText(reading, head) || !wanted(head)) {
    if (head === null) for (const list of lists) collectList(reading, list, into, wanted);
    return;
  }
  const texts = item.blocks.filter((block) => block.type === 'text');
  const several = named && item.blocks.length === 1 ? runTogether(reading, head) : [head];
  if (several.length > 1) {
    for (const part of several) into.push(onOneLine(part, null));
    const first = into.at(-several.length) as RawMilestone;
    first.start = item.start;
    first.state = item.box === null ? null : stateOfBox(item.box);
    return;
  }
  into.push({
    own: texts.flatMap((block) => [...paragraphs(block.lines)]),
    cells: item.blocks.flatMap((block) => (block.type === 'table' ? (fieldCells(reading, block) ?? []) : [])),
    beneath: subs.flatMap((sub) => [...fieldsBeneath(reading, sub)]),
    state: item.box === null ? null : stateOfBox(item.box),
    start: item.start,
    end: item.end,
  });
}

/** A field, or fields under a bullet that says no more than "Details". */
function* fieldsBeneath(reading: Reading, sub: Item): Generator<Span> {
  if (isFieldItem(reading, sub)) yield* spansOf(sub.blocks);
  else if (isLabelOnly(reading, sub)) yield* spansOf(sub.blocks.slice(1));
}

function isLabelOnly(reading: Reading, item: Item): boolean {
  const head = headOf(item);
  return head !== null && item.blocks.length > 1 && reading.kind.columns.idOf(textOf(head)) !== null;
}

/** `etc.` and `...` are no milestones. */
function isMilestoneText(reading: Reading, head: Span): boolean {
  if (!isLive(head)) return false;
  const text = textOf(head);
  return text.length > 40 || !/^[\s(.…]*(?:etc|…|\.{3}|and so on)[\s).…]*$/i.test(text);
}

/** A bullet without fields of its own whose sub-items have them. */
function isGroup(reading: Reading, head: Span | null, subs: readonly Item[]): boolean {
  if (subs.some((sub) => isFieldItem(reading, sub))) return false;
  if (head !== null && hasOwnFields(reading, head)) return false;
  return subs.some((sub) => {
    const text = headOf(sub);
    if (text === null || isLabelOnly(reading, sub)) return false;
    if (isNamed(reading, text) || hasOwnFields(reading, text)) return true;
    return sub.blocks.some(
      (block) => block.type === 'list' && block.items.some((inner) => isFieldItem(reading, inner)),
    );
  });
}

function hasOwnFields(reading: Reading, head: Span): boolean {
  const ids = new Set(reading.kind.labels.find(head).map(({ id }) => id));
  if (ids.has('due-date') || ids.has('dri')) return true;
  return findMentions(head, reading.groups).length > 0 && findDates(head, dateReading(reading)).length > 0;
}

/**
 * `Milestone 1: … @ann Milestone 2: … @bo`: several milestones on one line, its line breaks were lost. Only where a
 * date or people stand before the next name; else it is spoken of another milestone.
 */
function runTogether(reading: Reading, span: Span): Span[] {
  const cuts = reading.kind.items.further(textOf(span)).map((index) => span.start + index);
  const parts: Span[] = [];
  let from = span.start;
  for (const cut of cuts) {
    const part = trimmed(within(span, from, cut));
    if (!hasOwnFields(reading, part)) continue;
    parts.push(part);
    from = cut;
  }
  parts.push(trimmed(within(span, from, span.end)));
  return parts;
}

function onOneLine(span: Span, state: RawMilestone['state']): RawMilestone {
  const { rest, box } = withoutBox(span);
  return {
    own: [rest],
    cells: [],
    beneath: [],
    state: box === null ? state : stateOfBox(box),
    ...sourceOf(span),
  };
}

const typedBox = /^(?:[-*•]\s{0,3})?(?:\[([ xX~]?)\]\s{0,3})?/;

function withoutBox(span: Span): { rest: Span; box: string | null } {
  const found = typedBox.exec(textOf(span));
  const rest = within(span, span.start + (found?.[0].length ?? 0), span.end);
  return { rest, box: found?.[1]?.toLowerCase() ?? null };
}

/** Milestones as lines of text, each beginning with its name. */
function collectLines(
  reading: Reading,
  block: TextBlock,
  next: Block | undefined,
  into: RawMilestone[],
  wanted: Wanted,
): void {
  let open: Span[] = [];
  const close = (): void => {
    const [first] = open;
    if (first === undefined) return;
    const last = open.at(-1) as Span;
    const fields =
      next?.type === 'list' && last === block.lines.at(-1)
        ? next.items.filter((item) => isFieldItem(reading, item))
        : [];
    into.push({
      own: [...paragraphs(open)],
      cells: [],
      beneath: fields.flatMap((item) => [...spansOf(item.blocks)]),
      state: null,
      start: sourceOf(first).start,
      end: fields.at(-1)?.end ?? sourceOf(last).end,
    });
    open = [];
  };
  for (const line of block.lines) {
    const named = isNamed(reading, line);
    const parts = named ? runTogether(reading, line) : [line];
    if (parts.length > 1) {
      close();
      for (const part of parts) into.push(onOneLine(part, null));
    } else if (named || (next?.type !== 'list' && wanted(line) && isWhole(reading, line, false))) {
      close();
      open = [line];
    } else if (open.length > 0) open.push(line);
  }
  close();
}
