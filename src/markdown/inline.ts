import type { PhrasingContent } from 'mdast';
import { hrefOf, htmlMarks } from './html-builder.ts';
import { marks, type RichText, type Segment } from './rich-text.ts';

/** An HTML comment, its delimiters included; offsets in the source. */
export interface Comment {
  start: number;
  end: number;
}

/** What the inline level needs to know of the whole text. */
export interface InlineContext {
  source: string;
  /** Where reference-style links point to, by normalised label. */
  definitions: ReadonlyMap<string, string>;
  comments: Comment[];
}

interface Builder {
  parts: string[];
  length: number;
  segments: Segment[];
  /** Where an `<a href>` that is open leads to. */
  anchor: string | null;
  /** Marks that HTML tags switched on: `<del>` … */
  html: number;
  /** Start of mark-up that has begun but holds no text yet. */
  outer: number | null;
  context: InlineContext;
}

const deletion = /\{-[^{}\n]{1,500}-\}|\[-[^[\]\n]{1,500}-\]/g;

/** GitLab's inline diff: what is in `{- -}` is struck. */
function strikeDeletions(text: string, segments: readonly Segment[]): Segment[] {
  const cuts = [...text.matchAll(deletion)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  let next = 0;
  const result: Segment[] = [];
  for (const segment of segments) {
    let rest = segment;
    while (next < cuts.length) {
      const { start, end } = cuts[next] as { start: number; end: number };
      if (start >= rest.end || rest.marks & marks.code) break;
      // It began in the code before, and ended there.
      if (end <= rest.at) {
        next += 1;
        continue;
      }
      if (start > rest.at) {
        const [before, after] = cutSegment(rest, start);
        result.push(before);
        rest = after;
      }
      const whole = end >= rest.end;
      const [struck, after] = whole ? [rest, null] : cutSegment(rest, end);
      result.push({ ...struck, marks: struck.marks | marks.struck });
      if (end <= rest.end) next += 1;
      if (after === null) break;
      rest = after;
    }
    if (result.at(-1)?.end !== segment.end) result.push(rest);
  }
  return result;
}

function cutSegment(segment: Segment, at: number): [Segment, Segment] {
  const literal = segment.sourceEnd - segment.source === segment.end - segment.at;
  const source = literal ? segment.source + (at - segment.at) : segment.sourceEnd;
  return [
    { ...segment, end: at, sourceEnd: source, outerEnd: source },
    { ...segment, at, source: literal ? source : segment.source, outer: literal ? source : segment.source },
  ];
}

interface Style {
  marks: number;
  url: string | null;
}

/** The visible text of inline content, with the place of every character. */
export function toRichText(nodes: readonly PhrasingContent[], context: InlineContext): RichText {
  const builder: Builder = {
    parts: [],
    length: 0,
    segments: [],
    html: 0,
    anchor: null,
    outer: null,
    context,
  };
  addAll(builder, nodes, { marks: 0, url: null });
  const text = builder.parts.join('');
  const segments = /[{[]-/.test(text) ? strikeDeletions(text, builder.segments) : builder.segments;
  return { text, segments, blanked: new Map() };
}

function addAll(builder: Builder, nodes: readonly PhrasingContent[], style: Style): void {
  for (const node of nodes) add(builder, node, style);
}

function add(builder: Builder, node: PhrasingContent, style: Style): void {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? start;
  // Images and footnote marks are decoration.
  // oxlint-disable-next-line switch-exhaustiveness-check
  switch (node.type) {
    case 'text':
      push(builder, node.value, start, end, { ...style, marks: style.marks | escapedMark(node.data) });
      return;
    case 'break':
      push(builder, '\n', start, end, { marks: 0, url: null });
      return;
    case 'inlineCode':
      addCode(builder, node.value, start, end, style);
      return;
    case 'html':
      addHtml(builder, node.value, start, end);
      return;
    case 'strong':
    case 'emphasis':
    case 'delete': {
      const mark =
        node.type === 'strong' ? marks.strong : node.type === 'delete' ? marks.struck : marks.emphasis;
      wrap(builder, node.children, start, end, { ...style, marks: style.marks | mark });
      return;
    }
    case 'link': {
      const literal = isLiteralLink(node.children, start, builder.context.source);
      const mark = marks.link | (literal ? marks.literal : 0);
      wrap(builder, node.children, start, end, { marks: style.marks | mark, url: node.url });
      return;
    }
    case 'linkReference': {
      const url = builder.context.definitions.get(node.identifier) ?? null;
      wrap(builder, node.children, start, end, { marks: style.marks | marks.link, url });
      return;
    }
    default:
  }
}

const escapedMark = (data: { escaped?: boolean } | undefined): number =>
  data?.escaped === true ? marks.escaped : 0;

/** Whether a link shows its own address: `<https://…>` or a bare URL. */
function isLiteralLink(children: readonly PhrasingContent[], start: number, source: string): boolean {
  const only = children.length === 1 ? children[0] : undefined;
  return only?.type === 'text' && source[start] !== '[';
}

function wrap(
  builder: Builder,
  children: readonly PhrasingContent[],
  start: number,
  end: number,
  style: Style,
): void {
  const before = builder.segments.length;
  const outerBefore = builder.outer;
  builder.outer ??= start;
  addAll(builder, children, style);
  const last = builder.segments.at(-1);
  if (builder.segments.length > before && last !== undefined) last.outerEnd = end;
  else builder.outer = outerBefore;
}

function push(builder: Builder, text: string, start: number, end: number, style: Style): void {
  if (text === '') return;
  builder.segments.push({
    at: builder.length,
    end: builder.length + text.length,
    source: start,
    sourceEnd: end,
    outer: builder.outer ?? start,
    outerEnd: end,
    marks: style.marks | builder.html | (builder.anchor === null ? 0 : marks.link),
    url: style.url ?? builder.anchor,
  });
  builder.outer = null;
  builder.parts.push(text);
  builder.length += text.length;
}

/** Code whose text is in the source as it is keeps the exact place of each character. */
function addCode(builder: Builder, value: string, start: number, end: number, style: Style): void {
  const { source } = builder.context;
  let inner = start;
  while (source[inner] === '`' && inner < end) inner += 1;
  if (source[inner] === ' ' && value[0] !== ' ') inner += 1;
  const exact = source.startsWith(value, inner);
  const coded = { ...style, marks: style.marks | marks.code };
  builder.outer ??= start;
  if (exact) push(builder, value, inner, inner + value.length, coded);
  else push(builder, value.replaceAll('\n', ' '), start, end, coded);
  const last = builder.segments.at(-1);
  if (last !== undefined) last.outerEnd = end;
}

const tagPattern = /^<(\/?)([a-z][a-z0-9-]*)/i;

function addHtml(builder: Builder, value: string, start: number, end: number): void {
  if (value.startsWith('<!--')) {
    builder.context.comments.push({ start, end });
    return;
  }
  const tag = tagPattern.exec(value);
  const name = tag?.[2]?.toLowerCase() ?? '';
  if (name === 'br') push(builder, '\n', start, end, { marks: 0, url: null });
  if (name === 'a') builder.anchor = tag?.[1] === '/' ? null : hrefOf(value);
  const mark = htmlMarks[name];
  if (mark !== undefined) builder.html = tag?.[1] === '/' ? builder.html & ~mark : builder.html | mark;
}
