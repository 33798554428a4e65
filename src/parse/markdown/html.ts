import type { Block } from './block.ts';
import type { InlineContext } from './inline.ts';
import { marks, type Segment, type Span, textOf, trimmed, wholeOf, within } from './rich-text.ts';

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

const tag = /<(\/?)([a-z][a-z0-9-]{0,20})\b[^<>]{0,2000}>/iy;
const breaking = /^(?:br|p|div|li|ul|ol|tr|h[1-6]|table|center)$/;

interface Reading {
  state: HtmlState;
  context: InlineContext;
  into: Block[];
  text: string;
  segments: Segment[];
  struck: number;
  /** `<pre>`, `<blockquote>` …: nothing in it counts. */
  hidden: string | null;
}

/**
 * A block of HTML: comments are set aside, collapsed sections tracked, what is left to see becomes text.
 * @param start offset of `value` in the source
 */
export function readHtmlBlock(
  value: string,
  start: number,
  state: HtmlState,
  context: InlineContext,
  into: Block[],
): void {
  const reading: Reading = { state, context, into, text: '', segments: [], struck: 0, hidden: null };
  let at = 0;
  while (at < value.length) {
    const open = value.indexOf('<', at);
    if (open !== at) addText(reading, value.slice(at, open === -1 ? undefined : open), start + at);
    if (open === -1) break;
    at = readTag(reading, value, open, start);
  }
  flush(reading);
}

/** Reads what begins with `<` at `open`; returns where to go on. */
function readTag(reading: Reading, value: string, open: number, start: number): number {
  if (value.startsWith('<!--', open)) {
    const close = value.indexOf('-->', open + 4);
    const end = close === -1 ? value.length : close + 3;
    reading.context.comments.push({ start: start + open, end: start + end });
    return end;
  }
  tag.lastIndex = open;
  const found = tag.exec(value);
  if (found === null) {
    addText(reading, '<', start + open);
    return open + 1;
  }
  onTag(
    reading,
    (found[2] as string).toLowerCase(),
    found[1] === '/',
    start + open,
    start + open + found[0].length,
  );
  return open + found[0].length;
}

function onTag(reading: Reading, name: string, closes: boolean, start: number, end: number): void {
  const { state } = reading;
  if (name === 'details') {
    flush(reading);
    if (!closes) state.depth += 1;
    else if (state.depth > 0) {
      state.depth -= 1;
      if (state.archivedDepth !== null && state.depth < state.archivedDepth) state.archivedDepth = null;
    }
  } else if (name === 'summary') {
    if (closes) closeSummary(reading, start, end);
    else {
      flush(reading);
      state.summary = [];
    }
  } else if (name === 'pre' || name === 'blockquote' || name === 'script' || name === 'style') {
    flush(reading);
    reading.hidden = closes ? null : name;
  } else if (name === 'del' || name === 's' || name === 'strike') reading.struck = closes ? 0 : marks.struck;
  else if (breaking.test(name)) flush(reading);
}

function closeSummary(reading: Reading, start: number, end: number): void {
  flush(reading);
  const { state } = reading;
  const lines = state.summary ?? [];
  state.summary = null;
  const words = lines.map(textOf).join(' ');
  if (state.archivedDepth !== null) return;
  if (state.archived?.test(words) === true) state.archivedDepth = state.depth;
  else if (lines[0] !== undefined) {
    reading.into.push({ type: 'heading', level: 6, setext: false, text: lines[0], start, end });
  }
}

function addText(reading: Reading, text: string, source: number): void {
  if (reading.hidden !== null || text === '') return;
  const at = reading.text.length;
  reading.text += text.replace(/[\r\n]/g, '\n');
  reading.segments.push({
    at,
    end: at + text.length,
    source,
    sourceEnd: source + text.length,
    outer: source,
    outerEnd: source + text.length,
    marks: reading.struck,
    url: null,
  });
}

/** What was collected so far becomes lines of text, or of the open summary. */
function flush(reading: Reading): void {
  const { text, segments, state } = reading;
  reading.text = '';
  reading.segments = [];
  if (text.trim() === '') return;
  const whole = wholeOf({ text, segments, blanked: new Map() });
  const lines: Span[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const span = trimmed(within(whole, from, from + line.length));
    if (span.end > span.start) lines.push(span);
    from += line.length + 1;
  }
  if (state.summary !== null) state.summary.push(...lines);
  else if (state.archivedDepth === null) {
    const first = segments[0] as Segment;
    reading.into.push({
      type: 'text',
      lines,
      start: first.source,
      end: (segments.at(-1) as Segment).sourceEnd,
    });
  }
}
