import { z } from 'zod';
import { groupBy } from '../model/groups.ts';
import { defineSetRule } from './set-rule.ts';
import { byObjective, exampleKrs, refsOf } from './shared/kr-sets.ts';

export const noDuplicateKrNumber = defineSetRule({
  id: 'no-duplicate-kr-number',
  description: 'No two KRs of an OKR have the same number in the same quarter.',
  why: 'KR numbers are how people talk about KRs. If two share a number, someone reads the wrong issue.',
  options: z.strictObject({}),
  defaultSeverity: 'warning',
  examples: [
    {
      shows: 'each number once',
      keys: exampleKrs(
        { number: 1, reference: 'Calm Nights' },
        { number: 2, reference: 'Calm Nights' },
        { number: 1, reference: 'Clean Desks' },
      ),
      reports: [],
    },
    {
      shows: 'one number twice, the OKR written in another case',
      keys: exampleKrs({ number: 1, reference: 'Calm Nights' }, { number: 1, reference: 'calm nights' }),
      reports: [['sec/okrs#1', 'sec/okrs#2']],
    },
    {
      shows: 'the same number in another quarter',
      keys: exampleKrs(
        { number: 1, reference: 'Calm Nights' },
        { number: 1, reference: 'Calm Nights', quarter: 3 },
      ),
      reports: [],
    },
    {
      shows: 'a confidential OKR is not named',
      keys: exampleKrs(
        { number: 1, reference: 'Calm Nights', confidential: true },
        { number: 1, reference: 'Calm Nights', confidential: true },
      ),
      reports: [['sec/okrs#1', 'sec/okrs#2']],
    },
  ],
  *check(keys) {
    for (const { name, keys: ofObjective } of byObjective(keys)) {
      for (const twins of groupBy(ofObjective, ({ number }) => number).values()) {
        if (twins.length < 2) continue;
        yield {
          message: `${name}: ${twins.length} KRs are numbered KR${twins[0]?.number}.`,
          refs: refsOf(twins),
        };
      }
    }
  },
});
