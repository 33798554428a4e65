import { leftoverRule } from './shared/leftover-rule.ts';

export const noCheckInLeftovers = leftoverRule({
  id: 'no-check-in-leftovers',
  kind: 'check-in',
  description: 'Instructions and placeholders of the template are gone from the check-in.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
  examples: [
    {
      shows: 'nothing left',
      markdown: [
        '## Weekly update',
        'On Schedule',
        '',
        '## What was accomplished',
        'The night rota is agreed.',
        '',
        '## Next steps',
        'Train the late shift.',
      ],
      reports: [],
    },
    {
      shows: 'the question before the answer',
      markdown: [
        '## Weekly update',
        'On Schedule',
        '',
        '## What was accomplished',
        '`What did you accomplish this week?` The night rota is agreed.',
        '',
        '## Next steps',
        'Train the late shift.',
      ],
      reports: ['beside-text'],
    },
    {
      shows: 'the question above the answer',
      markdown: [
        '## Weekly update',
        'On Schedule',
        '',
        '## What was accomplished',
        '`What did you accomplish this week?`',
        '',
        'The night rota is agreed.',
        '',
        '## Next steps',
        'Train the late shift.',
      ],
      reports: ['instruction'],
    },
    {
      shows: 'a question without an answer',
      markdown: [
        '## Weekly update',
        'On Schedule',
        '',
        '## What was accomplished',
        'The night rota is agreed.',
        '',
        '## Next steps',
        '`What will you work on next week?`',
      ],
      reports: ['placeholders'],
    },
  ],
});
