import type { Nodes, Paragraph } from 'mdast';
import { multilineQuotes } from './lines.ts';
import { parseMarkdown } from './syntax.ts';

/**
 * The lines of a text's own paragraphs, as they are written: not those in code, quotes, lists, tables, HTML or
 * headings. A line that begins within an inline code span, or a comment, is not one either.
 */
export function ownLines(text: string): string[] {
  const quotes = multilineQuotes(text);
  return parseMarkdown(text).children.flatMap((node) => {
    const start = node.position?.start.offset;
    if (node.type !== 'paragraph' || start === undefined) return [];
    if (quotes.some((quote) => quote.start <= start && start < quote.end)) return [];
    return linesOf(node, text);
  });
}

function linesOf(paragraph: Paragraph, text: string): string[] {
  const from = paragraph.position?.start.offset ?? 0;
  const to = paragraph.position?.end.offset ?? 0;
  const dead = paragraph.children.flatMap(spansOfCode);
  const lines: string[] = [];
  let at = from;
  for (const line of text.slice(from, to).split('\n')) {
    const begin = at;
    at += line.length + 1;
    if (!dead.some(({ start, end }) => start <= begin && begin < end)) lines.push(line.trimEnd());
  }
  return lines;
}

function spansOfCode(node: Nodes): { start: number; end: number }[] {
  if (node.type === 'inlineCode' || node.type === 'html') {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    return start === undefined || end === undefined ? [] : [{ start, end }];
  }
  return 'children' in node ? node.children.flatMap(spansOfCode) : [];
}
