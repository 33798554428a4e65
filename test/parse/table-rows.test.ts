import { expect, test } from '@jest/globals';
import type { Nodes } from 'mdast';
import { visit } from 'unist-util-visit';
import { parseMarkdown } from '../../src/markdown/syntax.ts';
import { beyondLimits } from '../../src/parse/limits.ts';
import { tableRows } from '../../src/parse/table-rows.ts';
import { fc, runs } from '../helpers/random.ts';

const rowsOf = (text: string): number[] => {
  const isRow = tableRows();
  return text.split('\n').flatMap((line, index) => (isRow(line) ? [index + 1] : []));
};

/** The lines of paragraphs and headings: what is in one of them is compared with all else that is in it. */
function linesOfProse(text: string): Set<number> {
  const lines = new Set<number>();
  visit(parseMarkdown(text), (node: Nodes) => {
    if (node.type !== 'paragraph' && node.type !== 'heading') return;
    for (let line = node.position?.start.line ?? 1; line <= (node.position?.end.line ?? 0); line += 1)
      lines.add(line);
  });
  return lines;
}

const line = fc.constantFrom(
  '',
  '   ',
  '| a | b |',
  '| a | b | c',
  '| a',
  '|---|---|',
  '| :-: | - |',
  '|---|',
  '|---',
  ' | a | b |',
  '    |---|---|',
  '| \\| | b |',
  '| `a | b` |',
  'a | b',
  '--|--',
  'text [',
  '- a',
  '  - b',
  '  | a | b |',
  '  |---|---|',
  '> | a | b |',
  '> |---|---|',
  '>>>',
  '```',
  '~~~',
  '$$',
  '[^a]: b',
  '[a]: b',
  '# head',
  '===',
  '::: x',
  '[[_TOC_]]',
  '{: #x}',
  '---',
);

test('what is told to be a row is never a line of a paragraph', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
      const text = lines.join('\n');
      const prose = linesOfProse(text);
      expect([text, rowsOf(text).filter((row) => prose.has(row))]).toEqual([text, []]);
    }),
    { numRuns: runs(20_000) },
  );
});

test('rows of a table are told from what only looks like them', () => {
  expect(rowsOf('x\n\n| a | b |\n|---|---|\n| c | d |\n| e |\n\n| f |')).toEqual([4, 5, 6]);
  expect(rowsOf('x\n| a | b |\n|---|---|\n| c | d |')).toEqual([]);
  expect(rowsOf('| a | b |\n|---|\n| c | d |')).toEqual([]);
});

const links = '| [Plan](plan.md) | [Notes](https://example.com/1) |\n';

test('a table of thousands of links is read like any text, a paragraph of them is not', () => {
  const table = `| Plan | Links |\n|------|-------|\n${links.repeat(3_000)}`;
  expect(beyondLimits(table)).toBeNull();
  for (const head of [
    '',
    '| Plan | Links |\n|------|\n',
    '<!--\n\n| Plan | Links |\n|------|-------|\n-->\n',
  ])
    expect([head, beyondLimits(head + links.repeat(3_000))?.reason]).toEqual([head, 'too-complex']);
});
