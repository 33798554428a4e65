import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

interface LineRange {
  start: number;
  end: number;
}

/** More multi-line quotes than this are not looked for in one text. */
const quotesLimit = 20;

/**
 * Line ranges (from 0, both ends included) of the top-level paragraphs of a text. GitLab's multi-line quotes hide what
 * is between two lines of `>>>`; the closing line may even be in a code block that was opened within.
 */
export function topLevelParagraphs(text: string): LineRange[] {
  const lines = text.split('\n');
  const paragraphs: LineRange[] = [];
  let first = 0;
  for (let round = 0; first < lines.length && round < quotesLimit; round++) {
    const nodes = parser.parse(lines.slice(first).join('\n')).children;
    let resume = lines.length;
    for (const { type, position } of nodes) {
      const start = first + (position?.start.line ?? 1) - 1;
      const opener = type === 'blockquote' ? openingQuote(lines[start] ?? '') : 0;
      if (opener > 0) {
        resume = closingQuote(lines, start + 1, opener) + 1;
        break;
      }
      if (type === 'paragraph') paragraphs.push({ start, end: first + (position?.end.line ?? 1) - 1 });
    }
    first = resume;
  }
  return paragraphs;
}

/** How many `>` a line has that opens a multi-line quote; 0 when it does not. */
function openingQuote(line: string): number {
  return /^ {0,3}(>{3,})[ \t]*(?:\[![a-zA-Z]+\].*)?$/.exec(line)?.[1]?.length ?? 0;
}

/** The line that closes the quote, or the last one: a quote that no one closes goes on to the end. */
function closingQuote(lines: string[], from: number, length: number): number {
  for (let at = from; at < lines.length; at++) {
    const closer = /^ {0,3}(>{3,})[ \t]*$/.exec(lines[at] ?? '')?.[1];
    if (closer && closer.length >= length) return at;
  }
  return lines.length;
}

const escapedAt = /\\@/g;
const commentOrTag = /<!--(?:[^-]|-(?!->))*-->|<[^>]*>/g;
const codeElement = /<(code|pre|a)\b[^>]*>/i;
/** An `@` and a `_` written as entities: GitLab looks for names in what Markdown makes of a text. */
const atEntity = /&(?:#0*64|#x0*40|commat);/gi;
const lowLineEntity = /&(?:#0*95|#x0*5f|lowbar);/gi;

/** Beyond this many characters everything counts as running text: parsing a hostile megabyte takes minutes. */
const parsedLimit = 100_000;

/**
 * The running text of a comment or description, as far as references in it count: no code, no link text, no HTML
 * tags and comments. Quotes are kept: counting too many mentions is the safe error for a stand-in.
 */
export function referenceText(text: string): string {
  if (text.length > parsedLimit) return text;
  const pieces: string[] = [];
  let insideCode = 0;
  visit(parser.parse(text), (node) => {
    if (node.type === 'link' || node.type === 'linkReference') return SKIP;
    if (node.type === 'html') {
      if (codeElement.test(node.value)) insideCode += 1;
      else if (/<\/(?:code|pre|a)>/i.test(node.value)) insideCode = Math.max(0, insideCode - 1);
      if (insideCode === 0) pieces.push(decodeAt(node.value.replace(commentOrTag, '\n')));
    } else if (node.type === 'text' && insideCode === 0 && node.position) {
      const { start, end } = node.position;
      const raw = text.slice(start.offset, end.offset);
      // A text that follows another without a blank (`a*b*@c`) is glued to it, as in the rendered page.
      pieces.push(decodeAt(raw.replace(escapedAt, ' ')));
    } else if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      pieces.push('\n');
    }
    return undefined;
  });
  return pieces.join('');
}

function decodeAt(text: string): string {
  return text.replace(atEntity, '@').replace(lowLineEntity, '_');
}

/** Names after `@`, lower case: users, groups (with slashes) and `all`. */
export function mentionedNames(text: string | null): Set<string> {
  const names = new Set<string>();
  if (!text?.includes('@') && !/&(?:#|commat)/i.test(text ?? '')) return names;
  for (const match of referenceText(text ?? '').matchAll(/(?<!\w)@([a-zA-Z0-9_][\w./-]*)/g)) {
    names.add((match[1] ?? '').replace(/[./-]+$/, '').toLowerCase());
  }
  return names;
}

/** `#12`, `group/project#12` and issue links in running text. */
export function referencedIssues(text: string): { path: string | null; iid: number }[] {
  const found: { path: string | null; iid: number }[] = [];
  if (!text.includes('#') && !text.includes('/-/')) return found;
  for (const match of referenceText(text).matchAll(/(?<![\w&])((?:[\w.-]+\/)*[\w.-]+)?#(\d{1,9})(?!\w)/g)) {
    found.push({ path: match[1] ?? null, iid: Number(match[2]) });
  }
  for (const match of text.matchAll(
    /https?:\/\/[^\s/]+\/([\w./-]+?)\/-\/(?:issues|work_items)\/(\d{1,9})/g,
  )) {
    found.push({ path: match[1] ?? null, iid: Number(match[2]) });
  }
  return found;
}
