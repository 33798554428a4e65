import { expect, test } from '@jest/globals';
import { oneLine, shortLine } from '../../src/reporters/terminal.ts';
import { steerless, visible } from '../../src/text/visible.ts';
import { collapsed } from '../../src/text/words.ts';
import { xmlText } from '../../src/text/xml.ts';

/** Every code unit between two letters, also twice; and every pair of surrogates' beginning. */
function* everyCharacter(): Generator<string> {
  for (let unit = 0; unit <= 0xffff; unit += 1) {
    const character = String.fromCharCode(unit);
    yield `a${character}b`;
    yield character;
    yield `a ${character} b`;
  }
  for (let plane = 0x10000; plane < 0x110000; plane += 0x400) yield `a${String.fromCodePoint(plane)}b`;
  yield* ['', ' ', 'a  b', 'a\nb', '\ud83d\ude00', '\ude00\ud83d', 'a\u202eb', '<a href="x">&\'</a>'];
}

const shown = (text: string): string =>
  Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');

const steering = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\u206a-\u206f\ufff9-\ufffb]/gu;

test('a text that needs no change is told from one that does, for every character there is', () => {
  const entities: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };
  for (const text of everyCharacter()) {
    const careful = {
      steerless: text.replace(steering, shown),
      visible: text
        .replace(/[\n\t]/g, shown)
        .replace(steering, shown)
        .replace(/(?![\u200c\u200d])\p{Cf}/gu, shown),
      xml: text
        .replace(/[\p{Surrogate}\uFFFE\uFFFF]|(?![\n\t])\p{Cc}/gu, '\uFFFD')
        .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
        .replace(/[&<>"']/g, (character) => `&${entities[character]};`),
      collapsed: text.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ').trim(),
      oneLine: text
        .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/\p{Cc}|\p{Surrogate}|(?![\u200c\u200d])\p{Cf}/gu, '')
        .replace(/ {2,}/g, ' ')
        .trim(),
    };
    const quick = {
      steerless: steerless(text, { color: false }),
      visible: visible(text),
      xml: xmlText(text),
      collapsed: collapsed(text),
      oneLine: oneLine(text),
    };
    if (JSON.stringify(quick) !== JSON.stringify(careful)) expect([text, quick]).toEqual([text, careful]);
  }
});

test('what is as long as a line may be is not cut, counted in characters', () => {
  for (const [text, expected] of [
    ['a'.repeat(400), 'a'.repeat(400)],
    ['a'.repeat(401), `${'a'.repeat(399)}…`],
    ['😀'.repeat(400), '😀'.repeat(400)],
    ['😀'.repeat(401), `${'😀'.repeat(399)}…`],
    [`a${' '.repeat(2000)}`, 'a…'],
  ] as const)
    expect(shortLine(text)).toBe(expected);
});
