import type { Definition, ListItem, Nodes, Paragraph, PhrasingContent, RootContent } from 'mdast';
import type { Block, Item, Placed } from './block.ts';
import { type HtmlState, newHtmlState, readHtmlBlock } from './html.ts';
import { type InlineContext, toRichText } from './inline.ts';
import { isQuickAction, isTableOfContents, multilineQuotes, type Range } from './lines.ts';
import { type Span, sourceOf, trimmed, wholeOf, within } from './rich-text.ts';
import { typedList } from './typed-lists.ts';

interface Walk extends InlineContext {
  html: HtmlState;
  quotes: Range[];
  /** How many lists are around. */
  depth: number;
}

export interface Blocks {
  blocks: Block[];
  comments: { start: number; end: number }[];
}

/** The blocks of a parsed text. `archived` are words of a `<summary>` that make its block history. */
export function toBlocks(children: readonly RootContent[], source: string, archived: RegExp | null): Blocks {
  const definitions = new Map<string, string>();
  collectDefinitions(children, definitions);
  const walk: Walk = {
    source,
    definitions,
    comments: [],
    html: newHtmlState(archived),
    quotes: multilineQuotes(source),
    depth: 0,
  };
  const blocks: Block[] = [];
  addBlocks(children, walk, blocks);
  return { blocks, comments: walk.comments };
}

function collectDefinitions(nodes: readonly Nodes[], into: Map<string, string>): void {
  for (const node of nodes) {
    if (node.type === 'definition') addDefinition(node, into);
    else if (node.type === 'blockquote' || node.type === 'list' || node.type === 'listItem') {
      collectDefinitions(node.children, into);
    }
  }
}

function addDefinition(node: Definition, into: Map<string, string>): void {
  if (!into.has(node.identifier)) into.set(node.identifier, node.url);
}

function addBlocks(nodes: readonly RootContent[], walk: Walk, into: Block[]): void {
  for (const node of nodes) {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    if (walk.quotes.some((range) => start >= range.start && start < range.end)) continue;
    if (node.type === 'html') {
      readHtmlBlock(node.value, start, walk.html, walk, into);
      continue;
    }
    if (walk.html.archivedDepth !== null) continue;
    addBlock(node, { start, end }, walk, into);
  }
}

function addBlock(node: RootContent, place: Placed, walk: Walk, into: Block[]): void {
  // Code, footnotes and definitions say nothing that is read.
  // oxlint-disable-next-line switch-exhaustiveness-check
  switch (node.type) {
    case 'heading': {
      const rich = toRichText(node.children, walk);
      const setext = walk.source[place.start] !== '#';
      into.push({ type: 'heading', level: node.depth, setext, text: trimmed(wholeOf(rich)), ...place });
      return;
    }
    case 'paragraph':
      addParagraph(node, place, walk, into);
      return;
    case 'blockquote':
      if (isAlert(node.children[0])) addBlocks(node.children, walk, into);
      return;
    case 'list':
      into.push({
        type: 'list',
        ordered: node.ordered === true,
        items: node.children.map((item) => toItem(item, walk)),
        ...place,
      });
      return;
    case 'table':
      into.push({
        type: 'table',
        rows: node.children.map((row) => ({
          cells: row.children.map((cell) => trimmed(wholeOf(toRichText(cell.children, walk)))),
          start: row.position?.start.offset ?? place.start,
          end: row.position?.end.offset ?? place.end,
        })),
        ...place,
      });
      return;
    case 'thematicBreak':
      into.push({ type: 'rule', ...place });
      return;
    default:
  }
}

function addParagraph(node: Paragraph, place: Placed, walk: Walk, into: Block[]): void {
  const lines = linesOf(node.children, walk);
  if (walk.html.summary !== null) {
    for (const line of lines) walk.html.summary.push(line);
    return;
  }
  if (lines.length > 0)
    into.push(...(walk.depth === 0 ? typedList(lines, place) : [{ type: 'text' as const, lines, ...place }]));
}

function linesOf(children: readonly PhrasingContent[], walk: Walk): Span[] {
  const rich = toRichText(children, walk);
  const lines: Span[] = [];
  let from = 0;
  while (from <= rich.text.length) {
    const to = rich.text.indexOf('\n', from);
    const whole = trimmed(within(wholeOf(rich), from, to === -1 ? rich.text.length : to));
    const line = trimmed(within(whole, whole.start + alertMark(whole).length, whole.end));
    const text = rich.text.slice(line.start, line.end);
    if (text !== '' && !isOrder(text, line, walk) && !isTableOfContents(text)) lines.push(line);
    if (to === -1) break;
    from = to + 1;
  }
  return lines;
}

/** GitLab takes a quick action only from the first column of a line: in a list item or quote it is text. */
function isOrder(text: string, line: Span, { source }: Walk): boolean {
  if (!isQuickAction(text)) return false;
  const { start } = sourceOf(line);
  return source[start] === '/' && (start === 0 || source[start - 1] === '\n' || source[start - 1] === '\r');
}

const alert = /^\[![a-z][a-z-]{1,20}\][+-]?/i;

/** What makes a box of a quote; behind it may be a title of the writer's own: `[!note] Ally OKR`. */
const alertMark = (line: Span): string =>
  alert.exec(line.rich.text.slice(line.start, Math.min(line.end, line.start + 26)))?.[0] ?? '';

/** `> [!note]` is GitLab's alert box, and other editors have more of them: the author's own words, unlike a quote. */
function isAlert(node: Nodes | undefined): boolean {
  if (node?.type !== 'paragraph') return false;
  const text = node.children
    .slice(0, 3)
    .map((child) => (child.type === 'text' ? child.value : ''))
    .join('');
  return alert.test(text);
}

const boxPattern = /^\[([ xX~?*✓✔-]?)\](?![(:[])\s*/;

function toItem(node: ListItem, walk: Walk): Item {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? start;
  const blocks: Block[] = [];
  walk.depth += 1;
  addBlocks(node.children, walk, blocks);
  walk.depth -= 1;
  if (typeof node.checked === 'boolean') return { box: node.checked ? 'x' : ' ', blocks, start, end };
  return { box: takeBox(blocks), blocks, start, end };
}

/** A box that GFM does not know (`[~]`, `[-]`, `[]`), taken off the first line. */
function takeBox(blocks: Block[]): string | null {
  const first = blocks[0];
  if (first?.type !== 'text') return null;
  const line = first.lines[0];
  if (line === undefined) return null;
  const box = boxPattern.exec(line.rich.text.slice(line.start, Math.min(line.end, line.start + 8)));
  if (box === null) return null;
  const rest = trimmed(within(line, line.start + box[0].length, line.end));
  first.lines =
    rest.start < rest.end || first.lines.length === 1
      ? [rest, ...first.lines.slice(1)]
      : first.lines.slice(1);
  return (box[1] as string).toLowerCase();
}
