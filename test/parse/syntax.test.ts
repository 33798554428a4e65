import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { toBlocks } from '../../src/parse/markdown/blocks.ts';
import { parseMarkdown } from '../../src/parse/markdown/syntax.ts';
import { fc } from '../helpers/random.ts';

const require = createRequire(import.meta.url);
const { tests: commonmark } = require('commonmark-spec') as { tests: { markdown: string }[] };
const folder = path.resolve(import.meta.dirname, '../fixtures/texts');
const texts = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replace(/^\uFEFF/, '')),
  ...commonmark.map(({ markdown }) => markdown),
];
const everything = 31;
const blocksOf = (text: string, gates?: number) => toBlocks(parseMarkdown(text, gates).children, text, null);

test('what a text cannot hold is left out without a difference', () => {
  for (const text of texts) expect([text, blocksOf(text)]).toEqual([text, blocksOf(text, everything)]);
});

test('nor in any text', () => {
  const scraps =
    'a| |\n|\n\n|-|~~|~|[^|[^a]: |]|@|a@b.c|.|www.|WWW.|http|https://|:|/|mailto:|xmpp:|- [ ] |> |# |*|_|`|\\|<|\t|é';
  const scrap = fc.constantFrom('|', '|-|', ...scraps.split('|'));
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      expect(blocksOf(text)).toEqual(blocksOf(text, everything));
    }),
    { numRuns: 1500 },
  );
});
