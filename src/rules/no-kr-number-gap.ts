import { z } from 'zod';
import { enumerateFirst } from '../text/words.ts';
import { defineSetRule } from './set-rule.ts';
import { byObjective, exampleKrs, refsOf } from './shared/kr-sets.ts';

export const noKrNumberGap = defineSetRule({
  id: 'no-kr-number-gap',
  description: 'The KRs of an OKR are numbered from 1 without gaps.',
  why: 'A gap in the numbers makes readers look for a KR that was dropped, or never labelled as one.',
  options: z.strictObject({
    'from-one': z.boolean().default(true).describe('Whether the first number must be KR1.'),
  }),
  defaultSeverity: 'info',
  examples: [
    {
      shows: 'numbered from one on',
      keys: exampleKrs({ number: 1, reference: 'Calm Nights' }, { number: 2, reference: 'Calm Nights' }),
      reports: [],
    },
    {
      shows: 'numbers left out',
      keys: exampleKrs({ number: 2, reference: 'Calm Nights' }, { number: 6, reference: 'Calm Nights' }),
      reports: [['sec/okrs#1', 'sec/okrs#2']],
    },
    {
      shows: 'beginning with another number, where the team allows it',
      options: { 'from-one': false },
      keys: exampleKrs({ number: 4, reference: 'Calm Nights' }, { number: 5, reference: 'Calm Nights' }),
      reports: [],
    },
  ],
  *check(keys, options) {
    for (const { name, keys: ofObjective } of byObjective(keys)) {
      const numbers = [...new Set(ofObjective.flatMap(({ number }) => number ?? []))].sort((a, b) => a - b);
      const gaps = gapsIn(numbers, options['from-one']);
      if (gaps.length === 0) continue;
      const refs = refsOf(ofObjective.filter(({ number }) => number !== null));
      yield { message: `${name}: the numbering leaves out ${enumerateFirst(gaps, 5)}.`, refs, absence: true };
    }
  },
});

/** `KR2`, or `KR2 to KR7` for a gap of several. */
function gapsIn(numbers: readonly number[], fromOne: boolean): string[] {
  const gaps: string[] = [];
  let expected = fromOne ? 1 : (numbers[0] ?? 1);
  for (const number of numbers) {
    if (number > expected)
      gaps.push(number - 1 === expected ? `KR${expected}` : `KR${expected} to KR${number - 1}`);
    expected = Math.max(expected, number + 1);
  }
  return gaps;
}
