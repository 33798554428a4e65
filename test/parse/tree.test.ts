import { expect, test } from '@jest/globals';
import type { Nodes } from 'mdast';
import { remark } from '../../bench/helpers/bare-remark.ts';
import { ownFolder, readTexts } from '../../bench/helpers/texts.ts';
import { parseMarkdown } from '../../src/markdown/syntax.ts';
import { fc, runs } from '../helpers/random.ts';

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

/** With these in front, a text is read with all that GFM knows. */
const everything = 'x@example.org https://example.org www.example.org\n\n| a |\n| - |\n\n';

/** A tree without what is said of places in lines, and with those in the text moved by `shift`. */
const shifted = (root: unknown, shift: number): unknown =>
  JSON.parse(JSON.stringify(root), (key, value) =>
    key === 'line' || key === 'column' ? undefined : key === 'offset' ? value + shift : value,
  );

function sameTree(text: string): void {
  const [links, table, ...rest] = parseMarkdown(`${everything}${text}`).children;
  expect(links).toMatchObject({ children: [{ type: 'link' }, {}, { type: 'link' }, {}, { type: 'link' }] });
  expect(table).toMatchObject({ type: 'table' });
  expect(shifted(rest, -everything.length)).toEqual(shifted(parseMarkdown(text).children, 0));
}

test('the texts have the same trees whether or not tables and addresses are looked for in each', () => {
  for (const { text } of texts) sameTree(text);
});

test('so have texts of signs at random', () => {
  const words = ['a', '.b', 'http:', '//', 'www', '.x.yz', '1. ', '> ', '# ', '- ', '    ', '<i>', '[x]: y'];
  const signs = ['@', '_', '-', '+', ' ', '\n', '\n\n', '`', '*', '<', '~~', '|', ':', '\\', 'é', '\t'];
  const text = fc
    .array(fc.constantFrom(...words, ...signs), { maxLength: 30 })
    .map((parts) => parts.join(''));
  fc.assert(fc.property(text, sameTree), { numRuns: runs(500) });
});

test.each([
  ['table', 'a\n:-\nb'],
  ['table', '|a\n|-\n'],
  ['link', '~ x@y.zz'],
  ['link', 'see WWW.x.yz'],
  ['link', 'see HTTPS://x.yz'],
])('a %s is found by its sign in %j', (type, text) => {
  expect(JSON.stringify(parseMarkdown(text))).toContain(`"type":"${type}"`);
});
