import { describe, expect, test } from '@jest/globals';
import type { Place } from '../../src/model/document.ts';
import { deletionOfLines } from '../../src/rules/shared/template-text.ts';

function placeOf(source: string, text: string): Place {
  const offset = source.indexOf(text);
  return { start: pointAt(source, offset), end: pointAt(source, offset + text.length) };
}

function pointAt(source: string, offset: number) {
  const lines = source.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, offset };
}

describe('the deletion of a line of the template', () => {
  test.each([
    ['a\n- etc.\nb', 'etc.', 'a\nb'],
    ['a\n- etc.\nb', '- etc.', 'a\nb'],
    ['a\n  * `etc.`  \r\nb', 'etc.', 'a\nb'],
    ['a\n`What is it?`\n', '`What is it?`', 'a\n'],
    ['etc.', 'etc.', ''],
    ['a\nfirst\nsecond\nb', 'first\nsecond', 'a\nb'],
  ])('%j without %j', (source, text, rest) => {
    const edit = deletionOfLines(source, placeOf(source, text));
    expect(edit).not.toBeNull();
    const { start, end } = edit!.place;
    expect(source.slice(0, start.offset) + edit!.text + source.slice(end.offset)).toBe(rest);
    expect([start, end]).toEqual([pointAt(source, start.offset), pointAt(source, end.offset)]);
  });

  test.each([
    ['etc. and more', 'etc.'],
    ['see etc.', 'etc.'],
    ['- [ ] etc.', 'etc.'],
    ['## etc.', 'etc.'],
    ['| etc. |', 'etc.'],
  ])('%j is left alone', (source, text) => {
    expect(deletionOfLines(source, placeOf(source, text))).toBeNull();
  });
});
