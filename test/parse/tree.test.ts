import { expect, test } from '@jest/globals';
import type { Nodes } from 'mdast';
import { remark } from '../../bench/helpers/bare-remark.ts';
import { ownFolder, readTexts } from '../../bench/helpers/texts.ts';
import { parseMarkdown } from '../../src/markdown/syntax.ts';

/**
 * What of a tree must be as remark has it: the blocks, where they stand, and the words in them. Code is never a value,
 * so it may be left out.
 */
interface Outline {
  type: string;
  from: number | undefined;
  to: number | undefined;
  depth?: number;
  checked?: boolean | null;
  text?: string;
  blocks?: Outline[];
}

const blocks = new Set(['blockquote', 'list', 'listItem', 'table', 'tableRow']);
const leaves = new Set(['heading', 'paragraph', 'tableCell', 'html', 'thematicBreak']);

function outline(node: Nodes): Outline[] {
  if (!blocks.has(node.type) && !leaves.has(node.type)) return [];
  const found: Outline = {
    type: node.type,
    from: node.position?.start.offset,
    to: node.position?.end.offset,
  };
  if (node.type === 'heading') found.depth = node.depth;
  if (node.type === 'listItem') found.checked = node.checked ?? null;
  // Behind a box remark lets a paragraph begin before or after the blank, depending on what follows.
  if (node.type === 'paragraph') found.from = undefined;
  if (blocks.has(node.type) && 'children' in node)
    found.blocks = node.children.flatMap((child) => outline(child));
  else found.text = wordsOf(node).replace(/\s+/g, ' ').trim();
  return [found];
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map((child) => wordsOf(child)).join('') : '';
}

/** Forms that GitLab reads and remark does not: there the trees differ on purpose. */
const gitLabOnly = /^ {0,3}#{1,6}[^#\t\n\r ]|<\/?(?:details|summary)|\[~\]|\uFEFF/im;

const texts = readTexts(ownFolder).filter(({ text }) => !gitLabOnly.test(text));

test('the texts that are compared are most of all', () => expect(texts.length).toBeGreaterThan(150));

test.each(texts.map(({ file, text }) => [file.split('/').at(-1), text]))(
  'the blocks of %s are as remark has them',
  (_, text) => {
    const ours = parseMarkdown(text as string).children.flatMap((child) => outline(child));
    const theirs = (remark(text as string) as { children: Nodes[] }).children.flatMap((child) =>
      outline(child),
    );
    expect(ours).toEqual(theirs);
  },
);

/** A paragraph with an address: with it in front, a text is read with all that GFM knows. */
const address = 'x@example.org\n\n';

/** A tree without what is said of places in lines, and with those in the text moved by `shift`. */
const shifted = (root: unknown, shift: number): unknown =>
  JSON.parse(JSON.stringify(root), (key, value) =>
    key === 'line' || key === 'column' ? undefined : key === 'offset' ? value + shift : value,
  );

test('a text without addresses has the same tree whether they are looked for or not', () => {
  const pieces = ['@', 'a', '.b', '_c_', '-', '+', ' ', '\n', '`', 'www.x.yz', '*', '<', '~', '|', 'é'];
  const random = Array.from({ length: 300 }, (_, seed) =>
    Array.from(
      { length: 40 },
      (_piece, at) => pieces[(seed * 31 + at * at * (seed + 7)) % pieces.length],
    ).join(''),
  );
  for (const text of [...texts.map((one) => one.text), ...random]) {
    const [first, ...rest] = parseMarkdown(`${address}${text}`).children;
    expect(first).toMatchObject({ children: [{ type: 'link' }] });
    expect(shifted(rest, -address.length)).toEqual(shifted(parseMarkdown(text).children, 0));
  }
});
