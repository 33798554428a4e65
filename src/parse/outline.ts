import type { Block, Heading, Item, List, Table, TextBlock } from './markdown/block.ts';
import { isAll, marks, type Span, sourceOf, textOf, trimmed, within } from './markdown/rich-text.ts';
import { type NamedValue, type Names, nameBehindLink, readName } from './names.ts';

/** A stretch of the text under one name. */
export interface Section {
  /** What its name means; null: something of the writer's own. */
  id: string | null;
  /** 0 before the first heading, 1 to 6 by mark-up, 7 a bold line, 8 a line `Name:`, 9 a bullet or table row. */
  level: number;
  name: Span | null;
  /** What stands on the line of the name itself, behind it. */
  value: Span | null;
  blocks: Block[];
  /** Offsets in the source: from the name on, to where the next section begins. */
  start: number;
  end: number;
}

export interface OutlineOptions {
  names: Names;
  /** Whether a name is that of one item of the list in a section, not of a section: `Milestone 1`. */
  isItemName?(text: string): boolean;
  /** The section that items belong to which stand under no heading of it. */
  itemSection?: string;
  /** The section whose name is the title of the whole text: what stands below it is not its own. */
  titleSection?: string;
  /** Whether a line begins with one of these fields of an item. */
  isItemField?(line: Span, ids: readonly string[]): boolean;
}

interface Outliner extends OutlineOptions {
  sections: Section[];
  current: Section;
}

const levels = { bold: 7, line: 8, row: 9 };
/** An id for sections that are known to be none of ours: they end what stands before them. */
export const otherSection = 'other';

/** Cuts a text into sections. */
export function toSections(blocks: readonly Block[], sourceEnd: number, options: OutlineOptions): Section[] {
  const preamble: Section = {
    id: null,
    level: 0,
    name: null,
    value: null,
    blocks: [],
    start: blocks[0]?.start ?? 0,
    end: sourceEnd,
  };
  const outliner: Outliner = { ...options, sections: [preamble], current: preamble };
  for (const [index, block] of blocks.entries()) addBlock(outliner, block, blocks[index + 1]);
  return outliner.sections;
}

function addBlock(outliner: Outliner, block: Block, next: Block | undefined): void {
  switch (block.type) {
    case 'heading':
      if (isProse(outliner, block)) {
        addText(
          outliner,
          { type: 'text', lines: linesOf(block.text), start: block.start, end: block.end },
          next,
        );
      } else addHeading(outliner, block, next);
      return;
    case 'text':
      addText(outliner, block, next);
      return;
    case 'list':
      addList(outliner, block);
      return;
    case 'table':
      addTable(outliner, block);
      return;
    case 'rule':
      return;
    default:
  }
}

function begin(outliner: Outliner, section: Omit<Section, 'blocks' | 'end'>): Section {
  const previous = outliner.sections.at(-1) as Section;
  const started: Section = { ...section, blocks: [], end: previous.end };
  previous.end = section.start;
  outliner.sections.push(started);
  outliner.current = started;
  return started;
}

function beginNamed(outliner: Outliner, named: NamedValue, level: number, start: number): Section {
  const next = nameBehindLink(named, outliner.names);
  if (next !== null) {
    const value = trimmed(within(named.value, named.value.start, next.name.start));
    beginNamed(outliner, { ...named, value }, level, start);
  }
  const { id, name, value: own } = next ?? named;
  const value = own.start < own.end ? own : null;
  return begin(outliner, { id, level, name, value, start: next === null ? start : sourceOf(name).start });
}

/** A paragraph with a rule right below it, which Markdown takes for a heading. */
function isProse(outliner: Outliner, heading: Heading): boolean {
  if (!heading.setext) return false;
  const text = textOf(heading.text);
  if (text.includes('\n')) return true;
  if (readName(heading.text, outliner.names, true) !== null) return false;
  return text.length > 60 || /[.!?:,;]$/.test(text) || /^\S{1,30}\s*[:=]/.test(text);
}

function linesOf(span: Span): Span[] {
  const lines: Span[] = [];
  let from = span.start;
  for (const line of textOf(span).split('\n')) {
    lines.push(trimmed(within(span, from, from + line.length)));
    from += line.length + 1;
  }
  return lines.filter((line) => line.start < line.end);
}

function addHeading(outliner: Outliner, heading: Heading, next: Block | undefined): void {
  const { current } = outliner;
  if (outliner.isItemName?.(textOf(heading.text)) === true) {
    if (current.id !== outliner.itemSection) {
      begin(outliner, {
        id: outliner.itemSection ?? null,
        level: heading.level - 0.5,
        name: null,
        value: null,
        start: heading.start,
      });
    }
    outliner.current.blocks.push(heading);
    return;
  }
  const named = readName(heading.text, outliner.names, true);
  if (named !== null) beginNamed(outliner, named, heading.level, heading.start);
  else if (current.id === null || (heading.level <= current.level && !isItem(outliner, heading, next))) {
    begin(outliner, {
      id: null,
      level: heading.level,
      name: heading.text,
      value: null,
      start: heading.start,
    });
  } else current.blocks.push(heading);
}

/** A heading as high as that of the section, with the fields of an item right below it: an item of the section. */
function isItem({ current, ...outliner }: Outliner, heading: Heading, next: Block | undefined): boolean {
  const { level, text } = heading;
  if (current.id === null || current.id !== outliner.itemSection) return false;
  if (level === levels.bold && /[([{][^()[\]{}]{0,100}@[^()[\]{}]{0,100}[)\]}]\W{0,5}$/.test(textOf(text)))
    return true;
  const ids = level < levels.bold ? ['due-date'] : ['due-date', 'dri'];
  return linesBelow(next).some((line) => outliner.isItemField?.(line, ids) === true);
}

/** The lines of a paragraph, or the first ones of the items of a list. */
function linesBelow(block: Block | undefined): Span[] {
  if (block?.type === 'text') return block.lines;
  if (block?.type !== 'list') return [];
  return block.items.flatMap(({ blocks: [head] }) => (head?.type === 'text' ? head.lines.slice(0, 1) : []));
}

/** Lines of a paragraph: some are headings in disguise. */
function addText(outliner: Outliner, block: TextBlock, next: Block | undefined): void {
  let kept: Span[] = [];
  const keep = (): void => {
    const first = kept[0];
    if (first === undefined) return;
    const { start } = sourceOf(first);
    outliner.current.blocks.push({
      type: 'text',
      lines: kept,
      start,
      end: sourceOf(kept.at(-1) as Span).end,
    });
    kept = [];
  };
  for (const [index, line] of block.lines.entries()) {
    const last = index === block.lines.length - 1;
    const found = disguised(
      outliner,
      line,
      last && (next?.type === 'list' || next?.type === 'table'),
      (last && index === 0) || isAboveField(outliner, block.lines[index + 1]),
    );
    if (found === null) kept.push(line);
    else {
      keep();
      if ('type' in found) {
        const below = last ? next : { ...block, lines: block.lines.slice(index + 1, index + 2) };
        addHeading(outliner, found, below);
      } else
        beginNamed(
          outliner,
          found,
          isAll(found.name, marks.strong) ? levels.bold : levels.line,
          sourceOf(line).start,
        );
    }
  }
  keep();
}

/** A line in the list of items with a field of an item below it. */
const isAboveField = (outliner: Outliner, below: Span | undefined): boolean =>
  below !== undefined &&
  outliner.itemSection !== undefined &&
  outliner.current.id === outliner.itemSection &&
  outliner.isItemField?.(below, ['due-date', 'dri', 'description']) === true;

const unspaced = /^(#{1,6})(?![#\s\d])/;

/** A line that is meant as a heading: `##Milestones`, `**Milestones**`, `Milestones:`, `Objective: text`. */
function disguised(
  outliner: Outliner,
  line: Span,
  beforeList: boolean,
  alone: boolean,
): Heading | NamedValue | null {
  const text = textOf(line);
  const hashes = unspaced.exec(text)?.[1];
  if (hashes !== undefined) {
    const rest = within(line, line.start + hashes.length, line.end);
    if (hashes.length > 1 || readName(rest, outliner.names, true) !== null) {
      return asHeading(rest, hashes.length, line);
    }
  }
  const bold = isAll(line, marks.strong) || isBoldWithRemark(line);
  if (outliner.isItemName?.(text) === true)
    return bold || (beforeList && alone) ? asHeading(line, levels.bold, line) : null;
  const named = readName(line, outliner.names, false);
  if (named !== null && isMeant(outliner, named, bold || beforeList || isAll(line, marks.emphasis)))
    return named;
  if (bold && alone && text.length <= 60 && !/[.!?;,]$/.test(text)) return asHeading(line, levels.bold, line);
  return null;
}

/** `**Milestones** (rough)` */
export function isBoldWithRemark(line: Span): boolean {
  const open = textOf(line).search(/\s[([]/);
  return (
    open > 0 &&
    textOf(line).length < 80 &&
    /[)\]]\W*$/.test(textOf(line)) &&
    isAll(within(line, line.start, line.start + open), marks.strong)
  );
}

function asHeading(text: Span, level: number, line: Span): Heading {
  const { start, end } = sourceOf(line);
  return { type: 'heading', level, setext: false, text: trimmed(text), start, end };
}

/** `Note: the dates may move` speaks of what it stands in. */
const aside = /^\W*(?:notes?|nb|n\.b|comments?|updates?)\W*$/i;

/** A name with a value or a colon, or one that stands out; and not a sub-title inside the section of that name. */
function isMeant(outliner: Outliner, named: NamedValue, standsOut: boolean): boolean {
  const { current } = outliner;
  if (named.id === current.id && current.level < levels.bold && named.id !== outliner.itemSection)
    return false;
  const separated = named.name.end < named.value.end || named.name.rich.text[named.name.end] === ':';
  const colonInside = /[:：]\s*$/.test(textOf(named.name));
  const within = named.id === otherSection && current.level < levels.bold;
  if (within && (!standsOut || (named.value.start < named.value.end && aside.test(textOf(named.name)))))
    return false;
  return standsOut || separated || colonInside;
}

/** Bullets can be sections too: `- OKR record: https://…`. */
function addList(outliner: Outliner, list: List): void {
  const outer = outliner.current;
  const free = outer.id === null || outer.id === outliner.titleSection;
  if (!free && outer.level < levels.row) {
    outer.blocks.push(list);
    return;
  }
  let rest: Item[] = [];
  let home = outer;
  const keep = (): void => {
    if (rest.length > 0) home.blocks.push({ ...list, items: rest });
    rest = [];
  };
  for (const item of list.items) {
    const head = item.blocks[0];
    const line = head?.type === 'text' ? head.lines[0] : undefined;
    const named = line === undefined || item.box !== null ? null : readName(line, outliner.names, true);
    if (named === null || head?.type !== 'text' || named.id === otherSection) rest.push(item);
    else {
      keep();
      const section = beginNamed(outliner, named, levels.row, item.start);
      if (head.lines.length > 1) section.blocks.push({ ...head, lines: head.lines.slice(1) });
      section.blocks.push(...item.blocks.slice(1));
      home = section;
    }
  }
  keep();
}

/** Rows can be sections too: `| OKR | https://… |`. */
function addTable(outliner: Outliner, table: Table): void {
  const outer = outliner.current;
  const free = outer.id === null || outer.id === outliner.titleSection;
  if ((free || outer.level >= levels.bold) && addColumns(outliner, table)) return;
  const named =
    free || outer.level === levels.row ? table.rows.map((row) => rowName(outliner, row.cells)) : [];
  if (named.every((one) => one === null)) {
    outer.blocks.push(table);
    return;
  }
  for (const [index, one] of named.entries()) {
    const row = table.rows[index];
    if (one !== null && row !== undefined) beginNamed(outliner, one, levels.row, row.start);
  }
}

/** A table of one row whose header names fields: `| Status | % complete |`. */
function addColumns(outliner: Outliner, table: Table): boolean {
  const [header, row, ...more] = table.rows;
  if (header === undefined || row === undefined || more.length > 0 || header.cells.length < 2) return false;
  const ids = header.cells.map((cell) => outliner.names.idOf(textOf(cell)));
  if (ids.filter((id) => id !== null && id !== otherSection).length < 2) return false;
  for (const [index, id] of ids.entries()) {
    const name = header.cells[index];
    const value = row.cells[index];
    if (id !== null && name !== undefined && value !== undefined)
      beginNamed(outliner, { id, name, value }, levels.row, header.start);
  }
  return true;
}

function rowName(outliner: Outliner, cells: readonly Span[]): NamedValue | null {
  const [name, value] = cells;
  if (name === undefined || value === undefined || cells.slice(2).some((cell) => cell.start < cell.end))
    return null;
  const id = outliner.names.idOf(textOf(name));
  return id === null || id === otherSection ? null : { id, name, value };
}
