import { okr } from './shared/example-texts.ts';
import { leftoverRule } from './shared/leftover-rule.ts';

export const noOkrLeftovers = leftoverRule({
  id: 'no-okr-leftovers',
  kind: 'okr',
  description: 'Instructions and placeholders of the template are gone from the OKR.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
  examples: [
    {
      shows: 'nothing left',
      markdown: okr(),
      reports: [],
    },
    {
      shows: 'the question before the answer',
      markdown: okr({ budget: '`Any budget required to execute this OKR?` None.' }),
      reports: ['beside-text'],
    },
    {
      shows: 'the question above the answer',
      markdown: okr({ budget: ['`Any budget required to execute this OKR?`', '', 'None.'] }),
      reports: ['instruction'],
    },
    {
      shows: 'a question without an answer',
      markdown: okr({ budget: '`Any budget required to execute this OKR?`' }),
      reports: ['placeholders'],
    },
  ],
});
