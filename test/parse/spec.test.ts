import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { examplesFolder, readTexts } from '../../bench/helpers/texts.ts';
import { documentKinds } from '../../src/kinds/index.ts';
import { runs } from '../helpers/random.ts';
import { reader } from './helpers.ts';
import { troubles } from './places.ts';

const require = createRequire(import.meta.url);
const { tests: commonmark } = require('commonmark-spec') as { tests: { markdown: string; number: number }[] };

/** The examples of GFM's own sections: tables, task lists, strikethrough, autolinks, disallowed HTML. */
const gfm = [
  '| foo | bar |\n| --- | --- |\n| baz | bim |',
  '| abc | defghi |\n:-: | -----------:\nbar | baz',
  '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |',
  '| abc | def |\n| --- | --- |\n| bar | baz |\n> bar',
  '| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar',
  '| abc | def |\n| --- |\n| bar |',
  '| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |',
  '| abc | def |\n| --- | --- |',
  '- [ ] foo\n- [x] bar',
  '- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim',
  '~~Hi~~ Hello, ~there~ world!',
  'This ~~has a\n\nnew paragraph~~.',
  'This will ~~~not~~~ strike.',
  'www.commonmark.org',
  'Visit www.commonmark.org/help for more information.',
  'Visit www.commonmark.org.\n\nVisit www.commonmark.org/a.b.',
  'www.google.com/search?q=Markup+(business)\n\n(www.google.com/search?q=Markup+(business))',
  'www.google.com/search?q=commonmark&hl=en\n\nwww.google.com/search?q=commonmark&hl;',
  'www.commonmark.org/he<lp',
  'http://commonmark.org\n\n(Visit https://encrypted.google.com/search?q=Markup+(business))',
  'foo@bar.baz',
  "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
  'a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_',
  'mailto:foo@bar.baz',
  'xmpp:foo@bar.baz/txt',
  '<strong> <title> <style> <em>\n\n<blockquote>\n  <xmp> is disallowed.  <XMP> is also disallowed.\n</blockquote>',
  'Footnote[^1].\n\n[^1]: With *text*\n\n    and a paragraph.',
];

test('every example of the CommonMark and GFM specifications is read', () => {
  const examples = [...commonmark.map((one) => one.markdown), ...gfm];
  expect(examples.length).toBeGreaterThan(650);
  for (const text of examples) expect([text, troubles(text)]).toEqual([text, []]);
});

/** Length of each text: enough to see a square in the short form too. */
const n = Math.max(4_000, runs(20_000));
const kinds = n < 20_000 ? (['kr'] as const) : documentKinds;
const many = (text: string): string => text.repeat(Math.ceil(n / text.length));
/** What CommonMark implementations are tested against, and what is special to this reader. */
const pathological: Record<string, string> = {
  'nested strong emphasis': `${many('*a **a ')}b${many(' a** a*')}`,
  'many emphasis closers': many('a_ '),
  'many emphasis openers': many('_a '),
  'many link closers': many('a]'),
  'many link openers': many('[a'),
  'mismatched openers and closers': many('*a_ '),
  'openers and closers multiple of 3': `a**b${many('c* ')}`,
  'link openers and emphasis closers': many('[ a_'),
  'pattern [ (](': many('[ (]('),
  'hard link and emphasis': `**x [a*b**c*](d)${many('_')}`,
  'nested brackets': `${many('[')}a${many(']')}`,
  'nested images': many('![[]()'),
  'nested quotes': `${many('> ')}a`,
  'deep lists': Array.from({ length: 200 }, (_, i) => `${'  '.repeat(i)}* a`).join('\n'),
  'NUL in input': many('abc\u0000de\u0000'),
  'back-ticks': Array.from({ length: 180 }, (_, i) => `e${'`'.repeat(i)}`).join(''),
  'unclosed links A': many('[a](<b'),
  'unclosed links B': many('[a](b'),
  'unclosed comment': `</${many('<!--')}`,
  'unclosed declaration': many('<!A '),
  'unclosed processing': many('<?'),
  'empty lines in deep lists': `${many('- ').slice(0, 60)}x${many('\n')}`,
  'reference definitions': Array.from({ length: 1000 }, (_, i) => `[${i}]: u`).join('\n'),
  'many references': many('[a] '),
  'giant table': `| a | b |\n|---|---|\n${many('| x | y |\n')}`,
  'wide table': `|${'a|'.repeat(4000)}\n|${'-|'.repeat(4000)}\n`,
  'lines of >': many('>'),
  autolinks: many('www._.'),
  addresses: many('a.@b.'),
  'lazy lines': `> a\n${many('b\n')}`,
  underlines: many('a\n-\n'),
  labels: `## Milestones\n- ${many('Due Date: ')}`,
  dates: `## Milestones\n- ${many('Dec 4 or ')}`,
  mentions: `## Milestones\n- ${many('@a-')}`,
  milestones: `## Milestones\n${many('- [ ] a by Dec 4 (@ann)\n')}`,
  'headings of milestones': `## Milestones\n${many('### a\n- Due: x\n')}`,
  'template text': many('what is the desired outcome of '),
  statuses: `Status: ${many('on track, ')}`,
  percents: `Progress: ${many('4% ')}`,
  collapsed: many('<details>\n<summary>x</summary>\n'),
  deletions: many('{-a-}'),
};

const context = { title: 'FY27 Q4 KR1 x', now: '2026-11-23T09:00:00Z' };
const cpuOf = (text: string): number => {
  const before = process.cpuUsage();
  for (const kind of kinds) reader.read(kind, text, context);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

test('no pathological text is slow or throws', () => {
  const plain = many('The quick brown fox jumps over the lazy dog and more words follow here.\n\n');
  cpuOf(plain);
  const yardstick = Math.max(cpuOf(plain), n / 400);
  const timesOf = (text: string): number => cpuOf(text) / yardstick;
  // What took long once, or twice, may have met the garbage collector.
  const slow = Object.entries(pathological).filter(([, text]) => [1, 2, 3].every(() => timesOf(text) > 25));
  expect(slow.map(([name]) => name)).toEqual([]);
});

test('the practice set is read without misplacing anything', () => {
  for (const { file, text } of readTexts(examplesFolder)) expect([file, troubles(text)]).toEqual([file, []]);
});
