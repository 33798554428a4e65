import { checkIn } from './shared/example-texts.ts';
import { leftoverRule } from './shared/leftover-rule.ts';

export const noCheckInLeftovers = leftoverRule({
  id: 'no-check-in-leftovers',
  kind: 'check-in',
  description: 'Instructions and placeholders of the template are gone from the check-in.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
  examples: [
    {
      shows: 'nothing left',
      markdown: checkIn(),
      reports: [],
    },
    {
      shows: 'the question before the answer',
      markdown: checkIn({ accomplished: '`What did you accomplish this week?` The night rota is agreed.' }),
      reports: ['beside-text'],
    },
    {
      shows: 'the question above the answer',
      markdown: checkIn({
        accomplished: ['`What did you accomplish this week?`', '', 'The night rota is agreed.'],
      }),
      reports: ['instruction'],
    },
    {
      shows: 'a question without an answer',
      markdown: checkIn({ nextSteps: '`What will you work on next week?`' }),
      reports: ['placeholders'],
    },
  ],
});
