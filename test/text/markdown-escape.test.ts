import { describe, expect, test } from '@jest/globals';
import type { Code, InlineCode, Link, Paragraph } from 'mdast';
import { code, fenced, link, mention, plain, prose } from '../../src/text/markdown-escape.ts';
import { fc, runs } from '../helpers/random.ts';
import { dangers, hostile, nodesOf, parse } from '../plan/hostile.ts';

const marker = '\n\n<!-- kr-hygiene 2 nudge e30 -->';

describe('words stay words, everything else becomes code', () => {
  test.each([
    ['The due date is missing.', 'The due date is missing.'],
    ['It is still a placeholder: “add here”.', 'It is still a placeholder: `add here`.'],
    ['Write `Due Date: 2026-12-18`, with the day.', 'Write `Due Date: 2026-12-18`, with the day.'],
    ['see #12 and !3, @bob.', 'see `#12` and `!3`, `@bob`.'],
    ['@a @b', '`@a @b`'],
    ['(@bob)', '(`@bob`)'],
    ['45% of 2026-12-18, and/or 3.5', '45% of 2026-12-18, and/or 3.5'],
    ['“a”“b”', '`a` `b`'],
    ['a “tick ` tick”', 'a ``tick ` tick``'],
    ['Fälligkeit: 12 Wörter – naïve, 日本', 'Fälligkeit: 12 Wörter – naïve, 日本'],
    ['defaced PROJ-12 www.x.y', '`defaced PROJ-12 www.x.y`'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(prose(text)).toBe(expected);
  });

  test('any sentence is inert in a list, in bold and struck through', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const made = prose(text) || 'nothing';
        const comment = `- 🔸 ${made} end\n- ✅ ~~${made}~~\n\n**${made}**: x${marker}`;
        expect(dangers(comment)).toEqual([]);
      }),
      { numRuns: runs(600) },
    );
  });

  test('struck-through text is struck through to its end', () => {
    for (const text of ['The date “x” is missing.', '“x”', 'ends with “x”']) {
      const first = [...nodesOf(parse(`- ✅ ~~${prose(text)}~~`))].find(({ type }) => type === 'delete');
      expect(first).toBeDefined();
    }
  });
});

test('inline code shows exactly the text on one line, whatever it holds', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const made = code(text);
      if (made === '') return expect(plain(text)).toBe('');
      const [paragraph, ...others] = parse(`x ${made} y`).children;
      expect(others).toEqual([]);
      const spans = (paragraph as Paragraph).children.filter(
        (node): node is InlineCode => node.type === 'inlineCode',
      );
      return expect(spans.map(({ value }) => value)).toEqual([plain(text)]);
    }),
    { numRuns: runs(600) },
  );
});

test('a fenced block holds its lines and ends where it should', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (lines) => {
      const made = fenced(lines);
      const nodes = parse(`${made}\n\nafter`).children;
      expect(nodes.map(({ type }) => type)).toEqual(['code', 'paragraph']);
      expect((nodes[0] as Code).value.split('\n')).toHaveLength(lines.length);
      expect(made).not.toMatch(/^\//m);
      expect(made).not.toContain('<!--');
    }),
    { numRuns: runs(300) },
  );
});

describe('links', () => {
  test.each([
    ['https://docs.example.com/a?b=1&copy=2', 'https://docs.example.com/a?b=1&copy=2'],
    ['https://docs.example.com/a(b)', 'https://docs.example.com/a%28b%29'],
    ['https://docs.example.com/a b"<c>', 'https://docs.example.com/a%20b%22%3Cc%3E'],
  ])('%s', (url, target) => {
    const found = [...nodesOf(parse(link('Why?', url)))].find((node): node is Link => node.type === 'link');
    expect(found?.url).toBe(target);
  });

  test.each([
    'javascript:alert(1)',
    'not a url',
    'https://user:secret@example.com/',
    'https://gitlab.example.com/sec/okrs/-/issues/12',
    'https://gitlab.example.com/sec/okrs/-/work_items/12',
    'https://gitlab.example.com/sec/okrs/-/%69ssues/12',
    'https://gitlab.example.com/groups/sec/-/epics/2',
    'https://gitlab.example.com/sec/okrs/-/commit/deadbeef',
  ])('%s is not linked', (url) => {
    expect(link('Why?', url)).toBe('');
  });
});

describe('mentions', () => {
  test.each([
    ['alice', '@alice'],
    ['a.lee-2_x', '@a.lee-2_x'],
    ['_x_', '@&#95;x&#95;'],
  ])('%s', (name, expected) => {
    expect(mention(name)).toBe(expected);
    const [paragraph] = parse(`Hello ${expected}, hi`).children;
    expect(paragraph?.type === 'paragraph' && paragraph.children).toMatchObject([
      { value: `Hello @${name}, hi` },
    ]);
  });

  test.each(['all', 'ALL', 'a b', 'a/b', '', 'a.', '@a', 'a\n/close', 'é'])('%j is no one', (name) => {
    expect(mention(name)).toBeNull();
  });
});

test('no line of a fence begins with what older servers look for by pattern', () => {
  expect(fenced(['/close', '>>>', '>>> quote', 'a']).split('\n').slice(1, -1)).toEqual([
    ' /close',
    ' >>>',
    ' >>> quote',
    'a',
  ]);
});
