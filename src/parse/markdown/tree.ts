import type { Link, LinkReference, List, ListItem, Paragraph, Root, RootContent, Text } from 'mdast';
import { decodeString } from 'micromark-util-decode-string';
import type { Event, Point, Token } from 'micromark-util-types';

declare module 'mdast' {
  interface TextData {
    /** Written as `\@` or `&commat;`. */
    escaped?: boolean;
  }
}

interface Position {
  start: Point;
  end: Point;
}

/** A node while it is being built. */
interface Parent {
  type: string;
  children: unknown[];
  position: Position;
  depth?: number;
  checked?: boolean | null;
  url?: string;
  identifier?: string;
}

interface Builder {
  source: string;
  events: readonly Event[];
  stack: Parent[];
  inTable: boolean;
  /** What becomes of the line ending that comes next: none after a hard break, none in an underlined heading. */
  atHardBreak: boolean;
  underline: boolean;
}

const parents: Readonly<Record<string, string>> = {
  paragraph: 'paragraph',
  emphasis: 'emphasis',
  strong: 'strong',
  strikethrough: 'delete',
  blockQuote: 'blockquote',
  atxHeading: 'heading',
  setextHeading: 'heading',
  table: 'table',
  tableRow: 'tableRow',
  tableData: 'tableCell',
  tableHeader: 'tableCell',
  link: 'link',
  autolink: 'link',
  literalAutolink: 'link',
  listOrdered: 'list',
  listUnordered: 'list',
};

/** What says nothing that is read. */
const ignored = new Set(['codeFenced', 'codeIndented', 'image', 'gfmFootnoteCall', 'gfmFootnoteDefinition']);
const withLineEndings = new Set(['paragraph', 'heading', 'emphasis', 'strong', 'delete', 'link']);
const lineEndings = new Set(['lineEnding', 'lineEndingBlank']);
const prefixes = new Set([
  'linePrefix',
  'blockQuotePrefix',
  'blockQuotePrefixWhitespace',
  'blockQuoteMarker',
  'listItemIndent',
]);

/**
 * The tree of micromark's events, as mdast-util-from-markdown builds it, but only what is read later, and with one
 * text node for each token: so every character's place in the source is known exactly.
 */
export function toTree(events: readonly Event[], source: string): Root {
  const root: Root = { type: 'root', children: [] };
  const builder: Builder = {
    source,
    events,
    stack: [root as unknown as Parent],
    inTable: false,
    atHardBreak: false,
    underline: false,
  };
  for (let index = 0; index < events.length; index += 1) {
    const [phase, token] = events[index] as Event;
    if (phase === 'enter') index = enter(builder, token, index);
    else exit(builder, token, index);
  }
  return root;
}

const top = (builder: Builder): Parent => builder.stack.at(-1) as Parent;
const slice = (builder: Builder, token: Token): string =>
  builder.source.slice(token.start.offset, token.end.offset);

/** Returns the index of the last event that was taken care of. */
function enter(builder: Builder, token: Token, index: number): number {
  const type: string = token.type;
  const parent = parents[type];
  if (parent !== undefined) {
    open(builder, parent, token);
    return index;
  }
  switch (type) {
    case 'data':
      addText(builder, token, slice(builder, token), false);
      return index;
    case 'characterEscape':
      addText(builder, token, slice(builder, token).slice(1), true);
      return skip(builder, token, index);
    case 'characterReference':
      addText(builder, token, decodeString(slice(builder, token)), true);
      return skip(builder, token, index);
    case 'codeText':
    case 'htmlFlow':
    case 'htmlText':
      return addLiteral(builder, token, index);
    case 'collapseLine':
      add(builder, { type: 'html', value: slice(builder, token) }, token);
      return index;
    case 'thematicBreak':
    case 'hardBreakEscape':
    case 'hardBreakTrailing':
      builder.atHardBreak = type !== 'thematicBreak';
      add(builder, { type: type === 'thematicBreak' ? type : 'break' }, token);
      return skip(builder, token, index);
    case 'definition':
      return addDefinition(builder, token, index);
    case 'resource':
      return addResource(builder, token, index);
    case 'reference':
      return addReference(builder, token, index);
    case 'listItemPrefix':
      closeItem(builder, token.end, index);
      open(builder, 'listItem', token);
      (top(builder) as unknown as ListItem).checked = null;
      return index;
    default:
      return ignored.has(type) ? skip(builder, token, index) : index;
  }
}

function exit(builder: Builder, token: Token, index: number): void {
  const type: string = token.type;
  switch (type) {
    case 'lineEnding':
      if (builder.atHardBreak) builder.atHardBreak = false;
      else if (!builder.underline && withLineEndings.has(top(builder).type))
        addText(builder, token, '\n', false);
      return;
    case 'autolinkProtocol':
    case 'autolinkEmail':
    case 'literalAutolinkEmail':
    case 'literalAutolinkHttp':
    case 'literalAutolinkWww':
      addLiteralLink(builder, token);
      return;
    case 'labelText':
      top(builder).identifier = identifierOf(slice(builder, token));
      return;
    case 'atxHeadingSequence':
      top(builder).depth ||= token.end.offset - token.start.offset;
      return;
    case 'setextHeadingText':
      builder.underline = true;
      return;
    case 'setextHeadingLineSequence':
      top(builder).depth = builder.source[token.start.offset] === '=' ? 1 : 2;
      return;
    case 'taskListCheckValueChecked':
    case 'taskListCheckValueUnchecked':
      (builder.stack.at(-2) as Parent).checked = type === 'taskListCheckValueChecked';
      return;
    default:
      if (parents[type] !== undefined) close(builder, token, index);
  }
}

function close(builder: Builder, token: Token, index: number): void {
  const type: string = token.type;
  if (type === 'listOrdered' || type === 'listUnordered') closeItem(builder, token.end, index);
  const node = builder.stack.pop() as Parent;
  if (type === 'paragraph') dropSpaceOfTask(node as unknown as Paragraph, top(builder));
  else if (type === 'link' && node.url === undefined) node.type = 'linkReference';
  else if (type === 'table') builder.inTable = false;
  else if (type === 'setextHeading') builder.underline = false;
}

function open(builder: Builder, type: string, token: Token): void {
  const node: Parent = { type, children: [], position: { start: token.start, end: token.end } };
  top(builder).children.push(node);
  builder.stack.push(node);
  if (type === 'table') builder.inTable = true;
  else if (type === 'list') (node as unknown as List).ordered = token.type === 'listOrdered';
}

function add(builder: Builder, node: object, { start, end }: Token): void {
  top(builder).children.push({ ...node, position: { start, end } });
}

function addText(builder: Builder, { start, end }: Token, value: string, escaped: boolean): void {
  const node: Text = { type: 'text', value, position: { start, end } };
  if (escaped) node.data = { escaped };
  top(builder).children.push(node);
}

/** Index of the event that ends what `token` began. */
function skip({ events }: Builder, token: Token, index: number): number {
  let at = index + 1;
  while ((events[at] as Event)[1] !== token) at += 1;
  return at;
}

const literalData = new Set(['codeTextData', 'htmlFlowData', 'htmlTextData']);

/** Code and HTML: their text without what containers put at the beginnings of lines. */
function addLiteral(builder: Builder, token: Token, index: number): number {
  const last = skip(builder, token, index);
  let value = '';
  for (let at = index + 1; at < last; at += 1) {
    const [phase, inner] = builder.events[at] as Event;
    if (phase === 'enter') continue;
    if (literalData.has(inner.type)) value += slice(builder, inner);
    else if (inner.type === 'lineEnding') value += '\n';
  }
  if (token.type !== 'codeText') add(builder, { type: 'html', value }, token);
  else {
    if (builder.inTable) value = value.replace(/\\([\\|])/g, (both, sign) => (sign === '|' ? sign : both));
    add(builder, { type: 'inlineCode', value }, token);
  }
  return last;
}

function addDefinition(builder: Builder, token: Token, index: number): number {
  const last = skip(builder, token, index);
  let identifier = '';
  let url = '';
  for (let at = index + 1; at < last; at += 1) {
    const [phase, inner] = builder.events[at] as Event;
    if (phase === 'enter') continue;
    if (inner.type === 'definitionLabelString') identifier = identifierOf(slice(builder, inner));
    else if (inner.type === 'definitionDestinationString') url = decodeString(slice(builder, inner));
  }
  add(builder, { type: 'definition', identifier, url }, token);
  return last;
}

/** `(https://… "title")` of a link. */
function addResource(builder: Builder, token: Token, index: number): number {
  const last = skip(builder, token, index);
  const link = top(builder);
  link.url = '';
  for (let at = index + 1; at < last; at += 1) {
    const inner = (builder.events[at] as Event)[1];
    if (inner.type === 'resourceDestinationString') link.url = decodeString(slice(builder, inner));
  }
  return last;
}

/** `[label]` behind a link: another name for where it points to than its text. */
function addReference(builder: Builder, token: Token, index: number): number {
  const last = skip(builder, token, index);
  for (let at = index + 1; at < last; at += 1) {
    const inner = (builder.events[at] as Event)[1];
    if (inner.type === 'referenceString') top(builder).identifier = identifierOf(slice(builder, inner));
  }
  return last;
}

function addLiteralLink(builder: Builder, token: Token): void {
  const value = slice(builder, token);
  const type: string = token.type;
  const mail = type === 'autolinkEmail' || type === 'literalAutolinkEmail';
  const before = mail ? 'mailto:' : type === 'literalAutolinkWww' ? 'http://' : '';
  addText(builder, token, value, false);
  (top(builder) as unknown as Link).url = before + value;
}

const identifierOf = (label: string): LinkReference['identifier'] =>
  label
    .replace(/[\t\n\r ]+/g, ' ')
    .replace(/^ | $/g, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase();

/** An item ends before the empty lines that follow it. */
function closeItem(builder: Builder, end: Point, index: number): void {
  if (top(builder).type !== 'listItem') return;
  let last = end;
  for (let at = index - 1; at > 0; at -= 1) {
    const [phase, token] = builder.events[at] as Event;
    if (lineEndings.has(token.type)) {
      if (phase === 'enter') last = token.start;
    } else if (!prefixes.has(token.type)) break;
  }
  top(builder).position.end = last;
  builder.stack.pop();
}

/** The space behind a box belongs to the box. */
function dropSpaceOfTask(node: Paragraph, item: Parent): void {
  if (item.type !== 'listItem' || typeof item.checked !== 'boolean') return;
  const [head] = node.children;
  const first = (item.children as RootContent[]).find((child) => child.type === 'paragraph');
  if (head?.type !== 'text' || first !== node) return;
  head.value = head.value.slice(1);
  if (head.value === '') node.children.shift();
  else if (head.position !== undefined && node.position !== undefined) {
    const { line, column, offset = 0 } = head.position.start;
    const start = { line, column: column + 1, offset: offset + 1 };
    head.position = { start, end: head.position.end };
    node.position = { start, end: node.position.end };
  }
}
