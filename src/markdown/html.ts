import type { Block } from './block.ts';
import { createHtmlBuilder, type HtmlBuilder, type Tag } from './html-builder.ts';
import type { InlineContext } from './inline.ts';
import { type Span, textOf } from './rich-text.ts';

/** What HTML tags left open while the blocks of a text are walked through. */
export interface HtmlState {
  /** How many `<details>` are open. */
  depth: number;
  /** The depth at which an archive began; null: not in one. */
  archivedDepth: number | null;
  /** The lines of a `<summary>` that is open. */
  summary: Span[] | null;
  archived: RegExp | null;
}

export const newHtmlState = (archived: RegExp | null): HtmlState => ({
  depth: 0,
  archivedDepth: null,
  summary: null,
  archived,
});

const tagPattern = /<(\/?)([a-z][a-z0-9-]{0,20})\b[^<>]{0,2000}>/iy;
const hiding = /^(?:pre|blockquote|script|style)$/;

interface Reading {
  state: HtmlState;
  context: InlineContext;
  into: Block[];
  builder: HtmlBuilder;
  /** `<pre>`, `<blockquote>` …: nothing in it counts. */
  hidden: boolean;
}

/**
 * A block of HTML: comments are set aside, collapsed sections tracked, what is left to see becomes blocks. Such a
 * block ends at an empty line, wherever its tags stand, so a parser of whole documents would be no help here.
 * @param start offset of `value` in the source
 */
export function readHtmlBlock(
  value: string,
  start: number,
  state: HtmlState,
  context: InlineContext,
  into: Block[],
): void {
  const reading: Reading = { state, context, into, builder: createHtmlBuilder(into), hidden: false };
  let at = 0;
  while (at < value.length) {
    const open = value.indexOf('<', at);
    if (open !== at) addText(reading, value.slice(at, open === -1 ? undefined : open), start + at);
    if (open === -1) break;
    at = readTag(reading, value, open, start);
  }
  endPiece(reading);
}

/** Reads what begins with `<` at `open`; returns where to go on. */
function readTag(reading: Reading, value: string, open: number, start: number): number {
  if (value.startsWith('<!--', open)) {
    const close = value.indexOf('-->', open + 4);
    const end = close === -1 ? value.length : close + 3;
    reading.context.comments.push({ start: start + open, end: start + end });
    return end;
  }
  tagPattern.lastIndex = open;
  const found = tagPattern.exec(value);
  if (found === null) {
    addText(reading, '<', start + open);
    return open + 1;
  }
  const [written, slash, name] = found as unknown as [string, string, string];
  const end = open + written.length;
  onTag(reading, {
    name: name.toLowerCase(),
    closes: slash === '/',
    written,
    start: start + open,
    end: start + end,
  });
  return end;
}

function onTag(reading: Reading, tag: Tag): void {
  const { state } = reading;
  const { name, closes } = tag;
  if (name === 'details') {
    endPiece(reading);
    if (!closes) state.depth += 1;
    else if (state.depth > 0) {
      state.depth -= 1;
      if (state.archivedDepth !== null && state.depth < state.archivedDepth) state.archivedDepth = null;
    }
  } else if (name === 'summary') {
    endPiece(reading);
    if (closes) closeSummary(reading, tag);
    else state.summary = [];
  } else if (hiding.test(name)) {
    reading.builder.flush();
    reading.hidden = !closes;
  } else if (state.summary === null && state.archivedDepth === null) reading.builder.tag(tag);
}

function closeSummary({ state, into }: Reading, { start, end }: Tag): void {
  const lines = state.summary ?? [];
  state.summary = null;
  const words = lines.map(textOf).join(' ');
  if (state.archivedDepth !== null) return;
  if (state.archived?.test(words) === true) state.archivedDepth = state.depth;
  else if (lines[0] !== undefined) {
    into.push({ type: 'heading', level: 6, setext: false, text: lines[0], start, end });
  }
}

function addText({ hidden, builder }: Reading, text: string, source: number): void {
  if (!hidden) builder.text(text, source);
}

/** What was collected belongs to the summary that is open, is archived, or becomes blocks. */
function endPiece({ state, builder }: Reading): void {
  if (state.summary !== null) state.summary.push(...builder.takeLines());
  else if (state.archivedDepth !== null) builder.takeLines();
  else builder.end();
}
