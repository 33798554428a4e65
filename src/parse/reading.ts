import type { Block, Item } from '../markdown/block.ts';
import { blankedOut, marks, type Span, within } from '../markdown/rich-text.ts';
import type { Leftover } from '../model/document.ts';
import type { ReadingContext } from '../model/reader.ts';
import type { CompiledKind } from './compile.ts';
import type { Stretch } from './phrases.ts';
import type { Placer } from './places.ts';
import type { Section } from './section.ts';

/** A text that is being read, cut into sections. */
export interface Reading {
  kind: CompiledKind;
  /** Without byte order mark. */
  source: string;
  placer: Placer;
  context: ReadingContext;
  groups: ReadonlySet<string>;
  sections: Section[];
  comments: readonly { start: number; end: number }[];
  /** Template text that was met, by its offsets. */
  leftovers: Map<number, Leftover>;
}

/** Notes template text that was not replaced or removed. */
export function noteLeftover(reading: Reading, span: Span): void {
  const place = reading.placer.outer(span);
  const text = reading.placer.slice(place);
  const known = reading.leftovers.get(place.start.offset);
  if (text.trim() !== '' && (known === undefined || known.place.end.offset < place.end.offset)) {
    reading.leftovers.set(place.start.offset, { text, place });
  }
}

/** What the template left in a span is noted; returned are the parts that a person wrote, struck text not counted. */
export function ownParts(reading: Reading, span: Span): Span[] {
  const parts: Span[] = [];
  let from = span.start;
  const stretches: Stretch[] = reading.kind.phrases.find(span);
  for (const { start, end } of stretches) {
    noteLeftover(reading, within(span, start, end));
    if (start > from) parts.push(within(span, from, start));
    from = end;
  }
  if (from < span.end) parts.push(within(span, from, span.end));
  return parts.filter(isLive);
}

/** Whether a span says anything: a letter, a digit or a sign that stands for a word; not all struck. */
export function isLive(span: Span): boolean {
  const text = blankedOut(span.rich, marks.struck).slice(span.start, span.end);
  return /[A-Za-z0-9]/.test(text) || /[\p{L}\p{N}\p{Extended_Pictographic}?…$€£]|\.\.\./u.test(text);
}

/** All text below a block, paragraph by paragraph, cell by cell. */
export function* spansOf(blocks: readonly Block[]): Generator<Span> {
  for (const block of blocks) {
    if (block.type === 'text') yield* paragraphs(block.lines);
    else if (block.type === 'heading') yield block.text;
    else if (block.type === 'list') for (const item of block.items) yield* spansOf(item.blocks);
    else if (block.type === 'table') for (const row of block.rows) yield* row.cells;
  }
}

/** Lines that follow each other in one paragraph are one span; a dropped line between them splits it. */
export function* paragraphs(lines: readonly Span[]): Generator<Span> {
  let open: Span | null = null;
  for (const line of lines) {
    const between =
      open === null || open.rich !== line.rich ? null : open.rich.text.slice(open.end, line.start);
    if (open !== null && between !== null && between.trim() === '') open = within(open, open.start, line.end);
    else {
      if (open !== null) yield open;
      open = line;
    }
  }
  if (open !== null) yield open;
}

/** The sections of an id, in order. */
export const sectionsOf = (reading: Reading, id: string): Section[] =>
  reading.sections.filter((section) => section.id === id);

/** All text of a section: what is on the line of its name, then what follows. */
export function* spansOfSection(section: Section): Generator<Span> {
  if (section.value !== null) yield section.value;
  yield* spansOf(section.blocks);
}

/** The text of a span as a person reads it: without what is struck. */
export const liveText = (span: Span): string =>
  blankedOut(span.rich, marks.struck)
    .slice(span.start, span.end)
    .replace(/[^\S\n]+/g, ' ')
    .trim();

/** The first paragraph of a list item. */
export function headOf(item: Item): Span | null {
  const first = item.blocks[0];
  if (first?.type !== 'text') return null;
  return paragraphs(first.lines).next().value ?? null;
}

/** Goes through the whole text for template text that no field has met. */
export function collectLeftovers(reading: Reading): Leftover[] {
  for (const section of reading.sections) {
    for (const span of spansOfSection(section)) {
      for (const { start, end } of reading.kind.phrases.find(span))
        noteLeftover(reading, within(span, start, end));
    }
  }
  const all = [...reading.leftovers.values()].toSorted((a, b) => a.place.start.offset - b.place.start.offset);
  return all.filter(
    (one, index) => index === 0 || one.place.start.offset >= (all[index - 1] as Leftover).place.end.offset,
  );
}
