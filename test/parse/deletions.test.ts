import { describe, expect, test } from '@jest/globals';
import { toBlocks } from '../../src/markdown/blocks.ts';
import { parseMarkdown } from '../../src/markdown/syntax.ts';
import { fc, runs } from '../helpers/random.ts';
import { read } from './helpers.ts';

const objective = (text: string): string => read('okr', `## Objective\n${text}`).objective.text;

describe('GitLab’s inline diff', () => {
  test.each([
    ['a {-b-} c', 'a c'],
    ['a [-b-] {+c+}', 'a {+c+}'],
    ['a `{-b-} c` d {-e-} f', 'a {-b-} c d f'],
    ['a {-b `c-} d` e {-f-} g', 'a c-} d e g'],
    ['{-[ ] `a-}b` (c)', 'a-}b (c)'],
    ['a {-**b** c-} **d**', 'a d'],
  ])('%s', (text, expected) => expect(objective(text)).toBe(expected));

  test('with code, stars and each other, in any order: every character stays in exactly one stretch', () => {
    const scraps = fc.constantFrom(
      '{-',
      '-}',
      '[-',
      '-]',
      '`',
      '``',
      '*',
      '**',
      '~~',
      'a',
      ' ',
      'b c',
      '<s>',
    );
    fc.assert(
      fc.property(fc.array(scraps, { maxLength: 30 }), (parts) => {
        const source = `a ${parts.join('')}`;
        for (const block of toBlocks(parseMarkdown(source).children, source, null).blocks) {
          if (block.type !== 'text') continue;
          for (const { rich } of block.lines) {
            let at = 0;
            for (const segment of rich.segments) {
              expect([segment.at, segment.at <= segment.end]).toEqual([at, true]);
              at = segment.end;
            }
            expect(at).toBe(rich.text.length);
          }
        }
      }),
      { numRuns: runs(5000) },
    );
  });
});
