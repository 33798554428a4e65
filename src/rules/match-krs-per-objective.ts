import { z } from 'zod';
import { counted } from '../text/words.ts';
import { defineSetRule } from './set-rule.ts';
import { inOrder } from './shared/in-order.ts';
import { byObjective, exampleKrs, refsOf } from './shared/kr-sets.ts';

export const matchKrsPerObjective = defineSetRule({
  id: 'match-krs-per-objective',
  description: 'An OKR has neither too few nor too many KRs in a quarter.',
  why: 'An objective with a single KR often is that KR; one with ten is a list of tasks.',
  options: inOrder(
    z.strictObject({
      min: z.int().min(1).default(1).describe('How many KRs an OKR should have at least.'),
      max: z.int().min(1).default(5).describe('How many KRs an OKR should have at most.'),
    }),
    'min',
    'max',
  ),
  defaultSeverity: 'info',
  examples: [
    {
      shows: 'two KRs',
      keys: exampleKrs({ reference: 'Calm Nights' }, { reference: 'Calm Nights' }),
      reports: [],
    },
    {
      shows: 'fewer than the team wants',
      options: { min: 2 },
      keys: exampleKrs({ reference: 'Calm Nights' }),
      reports: [['sec/okrs#1']],
    },
    {
      shows: 'more than the team wants',
      options: { max: 1 },
      keys: exampleKrs({ reference: 'Calm Nights' }, { reference: 'Calm Nights' }),
      reports: [['sec/okrs#1', 'sec/okrs#2']],
    },
  ],
  *check(keys, { min, max }) {
    for (const { name, keys: ofObjective } of byObjective(keys)) {
      const number = counted(ofObjective.length, 'KR');
      const refs = refsOf(ofObjective);
      if (ofObjective.length < min)
        yield { message: `${name}: ${number}; at least ${min} wanted.`, refs, absence: true };
      else if (ofObjective.length > max)
        yield { message: `${name}: ${number}; at most ${max} wanted.`, refs };
    }
  },
});
