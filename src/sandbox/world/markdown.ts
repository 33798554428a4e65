import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

/** Line ranges (from 0, both ends included) of the top-level paragraphs of a text. */
export function topLevelParagraphs(text: string): { start: number; end: number }[] {
  return parser
    .parse(text)
    .children.flatMap((node) =>
      node.type === 'paragraph' && node.position
        ? [{ start: node.position.start.line - 1, end: node.position.end.line - 1 }]
        : [],
    );
}

const escapedAt = /\\@/g;
const commentOrTag = /<!--(?:[^-]|-(?!->))*-->|<[^>]*>/g;
const codeElement = /<(code|pre|a)\b[^>]*>/i;
const atEntity = /&(?:#0*64|#x0*40|commat);/gi;

/**
 * The running text of a comment or description, as far as references in it count: no code, no link text, no HTML
 * tags and comments. Quotes are kept: counting too many mentions is the safe error for a stand-in.
 */
export function referenceText(text: string): string {
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
  return text.replace(atEntity, '@');
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
