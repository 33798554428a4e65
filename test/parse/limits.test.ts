import { describe, expect, test } from '@jest/globals';
import { createGuardedReader } from '../../src/parse/guarded-reader.ts';
import { beyondLimits } from '../../src/parse/limits.ts';
import { calendar, grammar, now, title } from './helpers.ts';

const many = (text: string, size = 1_000_000): string => text.repeat(Math.ceil(size / text.length));

/** A megabyte of each would cost a multiple of a megabyte of prose; the numbers are those of `limits.ts`. */
const refused: Record<string, string> = {
  'one-letter lines': many('a\n'),
  'empty lines': many('\n'),
  'carriage returns': many('\r'),
  'short paragraphs': many('**a**\n\n'),
  headings: many('# a\n'),
  underlines: many('a\n-\n'),
  milestones: `## Milestones\n${many('- [ ] a\n')}`,
  'long table': `| a | b |\n|---|---|\n${many('| x | y |\n')}`,
  'wide table': `|${many('a|', 30_000)}\n|${many('-|', 30_000)}\n`,
  'code blocks': many('```\na\n```\n'),
  definitions: many('[a]: u\n'),
  footnotes: many('[^a]: u\n\n'),
  quotes: many('> a\n'),
  'details in details': many('<details>\n'),
  mentions: many('@a '),
  'mentions in a row': many('@a'),
  addresses: many('http://a.b '),
  'e-mail addresses': many('a@b.co '),
  escapes: many('\\*'),
  'back-slashes': many('\\'),
  tabs: many('a\t'),
  entities: many('&amp; '),
  emphasis: many('*a* '),
  brackets: many('['),
  'number signs': many('# '),
  'code spans': many('`a` '),
};

describe('what costs a multiple of plain text', () => {
  test.each(Object.entries(refused))('%s: refused beforehand, on every machine alike', async (_, text) => {
    const verdict = beyondLimits(text);
    expect(verdict?.reason).toMatch(/^too-(?:long|complex|deeply-nested)$/);
    // No thread, no clock: a deadline of nothing does not change the answer.
    const reader = createGuardedReader(grammar, calendar, { deadlineMs: 0 });
    expect((await reader.read('kr', text, { title, now })).unread).toEqual(verdict);
  });
});

test('long texts as people write them are read', () => {
  const milestone =
    '- [ ] Milestone 1: Description: rotate *all* keys, see [plan](https://a.example/b) Due Date: 2026-12-10 DRI: @ann\n';
  const prose = 'The quick (brown) fox jumps over the `lazy` dog, and more words follow here.\n';
  for (const text of [
    `## Milestones\n${milestone.repeat(1500)}`,
    `## Objective\n${`${prose.repeat(5)}\n`.repeat(500)}`,
    prose.replaceAll('\n', ' ').repeat(500),
    `| a | b | c |\n|---|---|---|\n${'| x | 2026-12-04 | @ann |\n'.repeat(1000)}`,
    `\`\`\`\n${'a | b [c] *d* \\ @e\n'.repeat(3000)}\`\`\`\n`,
  ]) {
    expect([text.slice(0, 40), beyondLimits(text)]).toEqual([text.slice(0, 40), null]);
  }
});
