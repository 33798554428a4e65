import type { Block, Heading, Item, List, Table, TextBlock } from '../markdown/block.ts';
import {
  isAll,
  linesIn,
  marks,
  type Span,
  sourceOf,
  textOf,
  trimmed,
  within,
} from '../markdown/rich-text.ts';
import { disguised, isProse } from './disguised.ts';
import { type NamedValue, nameBehindLink, readName } from './names.ts';
import { levels, type OutlineOptions, type Outliner, otherSection, type Section } from './section.ts';

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
        const lines = [...linesIn(block.text)].filter((line) => line.start < line.end);
        addText(outliner, { type: 'text', lines, start: block.start, end: block.end }, next);
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
      if (outliner.current.id === outliner.itemSection) outliner.current.blocks.push(block);
      return;
    default:
  }
}

type Beginning = Pick<Section, 'id' | 'level' | 'start'> & Partial<Pick<Section, 'name' | 'value'>>;

function begin(outliner: Outliner, section: Beginning): Section {
  const previous = outliner.sections.at(-1) as Section;
  const started: Section = { name: null, value: null, ...section, blocks: [], end: previous.end };
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

function addHeading(outliner: Outliner, heading: Heading, next: Block | undefined): void {
  const { current } = outliner;
  if (outliner.isItemName?.(textOf(heading.text)) === true) {
    const { itemSection: id } = outliner;
    if (current.id !== id)
      begin(outliner, { id: id ?? null, level: heading.level - 0.5, start: heading.start });
    outliner.current.blocks.push(heading);
    return;
  }
  const named = readName(heading.text, outliner.names, true);
  if (named !== null && isWithinItem(outliner, named, heading.level)) current.blocks.push(heading);
  else if (named !== null) beginNamed(outliner, named, heading.level, heading.start);
  else if (current.id === null || (heading.level <= current.level && !isItem(outliner, heading, next))) {
    begin(outliner, { id: null, level: heading.level, name: heading.text, start: heading.start });
  } else current.blocks.push(heading);
}

/** `#### Goal` below `### Milestone 1` is the goal of that milestone, not of the whole. */
function isWithinItem({ current, itemSection }: Outliner, { id }: NamedValue, level: number): boolean {
  if (current.id === null || current.id !== itemSection || id === itemSection) return false;
  const above = current.blocks.findLast((block) => block.type === 'heading' && block.level < levels.bold);
  return above?.type === 'heading' && above.level > current.level && above.level < level;
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
    const { end } = sourceOf(kept.at(-1) as Span);
    outliner.current.blocks.push({ type: 'text', lines: kept, start, end });
    kept = [];
  };
  for (const [index, line] of block.lines.entries()) {
    const last = index === block.lines.length - 1;
    const only = last && index === 0;
    const found = disguised(outliner, line, {
      beforeList: last && (next?.type === 'list' || next?.type === 'table'),
      alone: only || isAboveField(outliner, block.lines[index + 1]),
      ownParagraph: only
        ? next !== undefined && next.type !== 'heading' && next.type !== 'rule'
        : index === 0 && isKnownName(outliner, line),
    });
    if (found === null || (!('type' in found) && isNoteOfItem(outliner, found))) kept.push(line);
    else {
      keep();
      if ('type' in found) {
        const below = last ? next : { ...block, lines: block.lines.slice(index + 1, index + 2) };
        addHeading(outliner, found, below);
      } else {
        const level = isAll(found.name, marks.strong) ? levels.bold : levels.line;
        beginNamed(outliner, found, level, sourceOf(line).start);
      }
    }
  }
  keep();
}

/** `**Goal:** …` below the heading of an item, in a text whose sections have headings of their own. */
const isNoteOfItem = (outliner: Outliner, named: NamedValue): boolean =>
  isWithinItem(outliner, named, levels.bold) &&
  !outliner.sections.some(({ id, level }) => id !== null && level >= levels.bold);

/** `objective` as the first line of a paragraph, all by itself. */
const isKnownName = ({ names }: Outliner, line: Span): boolean => {
  const id = names.idOf(textOf(line));
  return id !== null && id !== otherSection;
};

/** A line in the list of items with a field of an item below it. */
const isAboveField = (outliner: Outliner, below: Span | undefined): boolean =>
  below !== undefined &&
  outliner.itemSection !== undefined &&
  outliner.current.id === outliner.itemSection &&
  outliner.isItemField?.(below, ['due-date', 'dri', 'description']) === true;

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
    // `4. **Risks**` ends the milestones of `3. **Milestones**`.
    const other = named?.id === otherSection && (home === outer || item.blocks.length < 2);
    if (named === null || head?.type !== 'text' || other) rest.push(item);
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
    free || outer.level >= levels.line
      ? table.rows.map((row) => rowName(outliner, columnOfNow(outliner, table, row.cells)))
      : [];
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

/** Of `| | Last week | This week |` and `| | Planned | Actual |` the name and the cell that counts. */
function columnOfNow(outliner: Outliner, { rows: [header] }: Table, cells: readonly Span[]): readonly Span[] {
  const roles = header?.cells.slice(1).map((cell) => outliner.columnRole?.(textOf(cell)) ?? null) ?? [];
  const now = roles.flatMap((role, index) => (role === 'now' ? [index + 1] : []));
  const [name] = cells;
  const value = cells[now[0] ?? 0];
  const isTold = now.length === 1 && roles.every((role) => role !== null) && roles.length > 1;
  return isTold && name !== undefined && value !== undefined ? [name, value] : cells;
}

function rowName(outliner: Outliner, cells: readonly Span[]): NamedValue | null {
  const [name, value] = cells;
  if (name === undefined || value === undefined || cells.slice(2).some((cell) => cell.start < cell.end))
    return null;
  const id = outliner.names.idOf(textOf(name));
  return id === null || id === otherSection ? null : { id, name, value };
}
