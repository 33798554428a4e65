import { decodeString } from 'micromark-util-decode-string';
import type { Block, Item, List, Table } from './block.ts';
import {
  marks,
  type RichText,
  type Segment,
  type Span,
  textOf,
  trimmed,
  wholeOf,
  within,
} from './rich-text.ts';

/** Marks that HTML tags put on the text between them. */
export const htmlMarks: Readonly<Record<string, number>> = {
  del: marks.struck,
  s: marks.struck,
  strike: marks.struck,
  code: marks.code,
  kbd: marks.code,
  pre: marks.code,
  b: marks.strong,
  strong: marks.strong,
};

/** Where an `<a href>` leads; null: not to another page. */
export const hrefOf = (tag: string): string | null =>
  /\shref\s{0,3}=\s{0,3}["']?(https?:[^"'\s>]{1,2000})/i.exec(tag)?.[1] ?? null;

/** A tag and where it is in the source. */
export interface Tag {
  name: string;
  closes: boolean;
  /** As written, with its attributes. */
  written: string;
  start: number;
  end: number;
}

/** Turns the texts and tags of one piece of HTML, in their order, into the blocks that a reader sees. */
export interface HtmlBuilder {
  text(text: string, source: number): void;
  /** Tags that are not structure (`<span>`) change nothing. */
  tag(tag: Tag): void;
  /** What was collected since the last block, as lines; they are taken out. */
  takeLines(): Span[];
  /** What was collected becomes a paragraph where it is. */
  flush(): void;
  /** Closes whatever is still open. */
  end(): void;
}

const breaking = /^(?:br|p|div|center|hr)$/;
const heading = /^h[1-6]$/;
/** Lists in lists; no one writes more, and each level costs a step of the stack. */
const deepest = 20;
const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;

interface Building {
  into: Block[];
  text: string;
  segments: Segment[];
  marks: number;
  url: string | null;
  lists: { list: List; item: Item | null }[];
  table: Table | null;
  inCell: boolean;
}

export function createHtmlBuilder(into: Block[]): HtmlBuilder {
  const building: Building = {
    into,
    text: '',
    segments: [],
    marks: 0,
    url: null,
    lists: [],
    table: null,
    inCell: false,
  };
  return {
    text: (text, source) => addText(building, text, source),
    tag: (tag) => onTag(building, tag),
    takeLines: () => takeLines(building),
    flush: () => flush(building),
    end() {
      flush(building);
      if (building.table !== null) closeTable(building, building.table.end);
      while (building.lists.length > 0) closeList(building, building.lists.at(-1)?.list.end ?? 0);
    },
  };
}

function onTag(building: Building, tag: Tag): void {
  const { name, closes, start, end } = tag;
  const mark = htmlMarks[name];
  if (mark !== undefined) building.marks = closes ? building.marks & ~mark : building.marks | mark;
  else if (name === 'a') building.url = closes ? null : hrefOf(tag.written);
  else if (building.table !== null || name === 'table') onTableTag(building, tag);
  else if (name === 'ul' || name === 'ol') {
    flush(building);
    if (closes) closeList(building, end);
    else if (building.lists.length < deepest) {
      const list: List = { type: 'list', ordered: name === 'ol', items: [], start, end };
      building.lists.push({ list, item: null });
    }
  } else if (name === 'li') onItem(building, closes, start, end);
  else if (name === 'input') onInput(building, tag.written);
  else if (heading.test(name)) {
    if (closes) closeHeading(building, Number(name[1]), start, end);
    else flush(building);
  } else if (breaking.test(name)) flush(building);
}

function onItem(building: Building, closes: boolean, start: number, end: number): void {
  flush(building);
  const open = building.lists.at(-1);
  if (open === undefined) return;
  if (open.item !== null) open.item.end = closes ? end : start;
  open.item = closes ? null : { box: null, blocks: [], start, end };
  if (open.item !== null) open.list.items.push(open.item);
}

function onInput({ lists }: Building, written: string): void {
  const item = lists.at(-1)?.item ?? null;
  if (item !== null && /type\s{0,3}=\s{0,3}["']?checkbox/i.test(written))
    item.box = /\schecked(?![\w-])/i.test(written) ? 'x' : ' ';
}

function closeHeading(building: Building, level: number, start: number, end: number): void {
  const text = takeSpan(building);
  if (text.start < text.end)
    target(building).push({ type: 'heading', level, setext: false, text, start, end });
}

function closeList(building: Building, end: number): void {
  const open = building.lists.pop();
  if (open === undefined) return;
  if (open.item !== null) open.item.end = end;
  if (open.list.items.length > 0) target(building).push({ ...open.list, end });
}

function onTableTag(building: Building, { name, closes, start, end }: Tag): void {
  const { table } = building;
  if (table === null) {
    flush(building);
    if (!closes) building.table = { type: 'table', rows: [], start, end };
    return;
  }
  table.end = end;
  const row = table.rows.at(-1);
  if (name === 'table') {
    closeCell(building);
    if (closes) closeTable(building, end);
  } else if (name === 'tr') {
    closeCell(building);
    if (!closes) table.rows.push({ cells: [], start, end });
    else if (row !== undefined) row.end = end;
  } else if (name === 'td' || name === 'th') {
    closeCell(building);
    building.inCell = !closes && row !== undefined;
  } else if (building.inCell && (breaking.test(name) || name === 'li')) newline(building, start, end);
}

function closeCell(building: Building): void {
  const cell = takeSpan(building);
  if (building.inCell) building.table?.rows.at(-1)?.cells.push(cell);
  building.inCell = false;
}

function closeTable(building: Building, end: number): void {
  const { table } = building;
  closeCell(building);
  building.table = null;
  const rows = table?.rows.filter(({ cells }) => cells.length > 0) ?? [];
  if (table !== null && rows.length > 0) target(building).push({ ...table, rows, end });
}

/** Where blocks go: into the innermost item that is open, or next to the others. */
const target = ({ lists, into }: Building): Block[] =>
  lists.findLast(({ item }) => item !== null)?.item?.blocks ?? into;

function addText(building: Building, text: string, source: number): void {
  if (text === '' || (building.table !== null && !building.inCell)) return;
  let from = 0;
  for (const match of text.matchAll(entity)) {
    push(building, text.slice(from, match.index), source + from, source + match.index, 0);
    from = match.index + match[0].length;
    push(building, decodeString(match[0]), source + match.index, source + from, marks.escaped);
  }
  push(building, text.slice(from), source + from, source + text.length, 0);
}

const newline = (building: Building, start: number, end: number): void => push(building, '\n', start, end, 0);

function push(building: Building, text: string, source: number, sourceEnd: number, mark: number): void {
  if (text === '') return;
  const at = building.text.length;
  building.text += text.replace(/[\r\n]/g, '\n');
  building.segments.push({
    at,
    end: at + text.length,
    source,
    sourceEnd,
    outer: source,
    outerEnd: sourceEnd,
    marks: building.marks | mark | (building.url === null ? 0 : marks.link),
    url: building.url,
  });
}

function takeSpan(building: Building): Span {
  const rich: RichText = { text: building.text, segments: building.segments, blanked: new Map() };
  building.text = '';
  building.segments = [];
  return trimmed(wholeOf(rich));
}

function takeLines(building: Building): Span[] {
  const whole = takeSpan(building);
  const lines: Span[] = [];
  let from = whole.start;
  for (const line of textOf(whole).split('\n')) {
    const span = trimmed(within(whole, from, from + line.length));
    if (span.end > span.start) lines.push(span);
    from += line.length + 1;
  }
  return lines;
}

function flush(building: Building): void {
  if (building.table !== null) return;
  const { segments } = building;
  const lines = takeLines(building);
  const [first] = segments;
  const last = segments.at(-1);
  if (lines.length === 0 || first === undefined || last === undefined) return;
  target(building).push({ type: 'text', lines, start: first.source, end: last.sourceEnd });
}
