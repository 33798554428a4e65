import type { Block, Item, List } from '../markdown/block.ts';
import { isAll, marks, outerSourceOf, type Span, sourceOf, textOf } from '../markdown/rich-text.ts';
import { isBoldWithRemark } from './disguised.ts';
import { type Names, readName } from './names.ts';
import { otherSection } from './section.ts';
import { endsAsSentence, endsInColon } from './signs.ts';

/** What tells a heading in disguise from an item that goes on. */
export interface HeadingSigns {
  source: string;
  names: Names;
  /** Whether a line is a field of the item above it: `**Due Date:** Dec 4`. */
  isField(line: Span): boolean;
}

interface Cut {
  before: Block[];
  heading: Span;
  after: Block[];
}

/**
 * A line right below a list item belongs to the item for Markdown, however it is indented. One at the margin that is
 * bold or bears the name of a section is a heading all the same: the list ends before it, and another may follow.
 */
export function withoutSwallowed(blocks: readonly Block[], signs: HeadingSigns): Block[] {
  return blocks.flatMap((block) => (block.type === 'list' ? cutList(block, signs) : [block]));
}

function cutList(list: List, signs: HeadingSigns): Block[] {
  const result: Block[] = [];
  let items: Item[] = [];
  const close = (): void => {
    const [first] = items;
    if (first !== undefined)
      result.push({ ...list, items, start: first.start, end: (items.at(-1) as Item).end });
    items = [];
  };
  for (const [index, item] of list.items.entries()) {
    const cut = cutBlocks(item.blocks, index + 1 < list.items.length, signs);
    if (cut === null) items.push(item);
    else {
      items.push({ ...item, blocks: cut.before, end: endOf(cut.before, item) });
      close();
      result.push(textBlock([cut.heading]), ...withoutSwallowed(splitText(cut.after, signs), signs));
    }
  }
  if (result.length === 0) return [list];
  close();
  return result;
}

const endOf = (blocks: readonly Block[], item: Item): number => blocks.at(-1)?.end ?? item.end;

/** The first heading in disguise in the blocks of an item, and what is before and after it. */
function cutBlocks(blocks: readonly Block[], listGoesOn: boolean, signs: HeadingSigns): Cut | null {
  for (const [index, block] of blocks.entries()) {
    const more = blocks.slice(index + 1);
    const cut =
      block.type === 'text'
        ? cutLines(block.lines, listGoesOn || more[0]?.type === 'list', signs)
        : block.type === 'list'
          ? cutNested(block, listGoesOn, signs)
          : null;
    if (cut !== null)
      return { ...cut, before: [...blocks.slice(0, index), ...cut.before], after: [...cut.after, ...more] };
  }
  return null;
}

function cutNested(list: List, listGoesOn: boolean, signs: HeadingSigns): Cut | null {
  for (const [index, item] of list.items.entries()) {
    const cut = cutBlocks(item.blocks, listGoesOn || index + 1 < list.items.length, signs);
    if (cut === null) continue;
    const kept: Item = { ...item, blocks: cut.before, end: endOf(cut.before, item) };
    const rest = list.items.slice(index + 1);
    return {
      before: [{ ...list, items: [...list.items.slice(0, index), kept], end: kept.end }],
      heading: cut.heading,
      after:
        rest.length === 0
          ? cut.after
          : [...cut.after, { ...list, items: rest, start: (rest[0] as Item).start }],
    };
  }
  return null;
}

function cutLines(lines: readonly Span[], beforeList: boolean, signs: HeadingSigns): Cut | null {
  const at = lines.findIndex(
    (line, index) => index > 0 && isSwallowed(line, lines[index + 1], beforeList, signs),
  );
  if (at === -1) return null;
  const rest = lines.slice(at + 1);
  return {
    before: [textBlock(lines.slice(0, at))],
    heading: lines[at] as Span,
    after: rest.length === 0 ? [] : [textBlock(rest)],
  };
}

/** Further headings in the lines behind the first one stand for themselves too. */
function splitText(blocks: readonly Block[], signs: HeadingSigns): Block[] {
  const [first, ...more] = blocks;
  if (first?.type !== 'text') return [...blocks];
  const result: Block[] = [];
  let open: Span[] = [];
  const close = (): void => {
    if (open.length > 0) result.push(textBlock(open));
    open = [];
  };
  for (const [index, line] of first.lines.entries()) {
    if (isSwallowed(line, first.lines[index + 1], more[0]?.type === 'list', signs)) {
      close();
      result.push(textBlock([line]));
    } else open.push(line);
  }
  close();
  return [...result, ...more];
}

const textBlock = (lines: Span[]): Block => ({
  type: 'text',
  lines,
  start: outerSourceOf(lines[0] as Span).start,
  end: sourceOf(lines.at(-1) as Span).end,
});

function isSwallowed(line: Span, next: Span | undefined, beforeList: boolean, signs: HeadingSigns): boolean {
  if (!isAtMargin(line, signs.source)) return false;
  const text = textOf(line);
  const named = readName(line, signs.names, false);
  const bold = isAll(line, marks.strong) || isBoldWithRemark(line);
  if (named === null) return bold && text.length <= 60 && !endsAsSentence(text) && !signs.isField(line);
  const behind = line.rich.text.slice(named.name.end, named.name.end + 3);
  const colon = /^\s*[:：]/.test(behind) || endsInColon(textOf(named.name));
  const boldName = isAll(named.name, marks.strong);
  if (named.value.start < named.value.end) {
    if (named.id === otherSection || !colon) return false;
    return boldName || (/^[^\p{Ll}]/u.test(text) && !(next !== undefined && signs.isField(next)));
  }
  if (bold || boldName || colon) return true;
  return beforeList && next === undefined && /^\p{Lu}/u.test(text);
}

/** Not indented at all, or by one space: no item's text begins there. */
function isAtMargin(line: Span, source: string): boolean {
  const { start } = outerSourceOf(line);
  const before = source[start - 1] === ' ' ? source[start - 2] : source[start - 1];
  return before === '\n' || before === '\r';
}
