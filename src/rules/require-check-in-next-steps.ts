import { checkIn } from './shared/example-texts.ts';
import { textFieldRule } from './shared/text-field-rule.ts';

export const requireCheckInNextSteps = textFieldRule({
  id: 'require-check-in-next-steps',
  kind: 'check-in',
  description: 'The check-in says what comes next.',
  why: 'The next steps are what others can plan with, and what the next check-in can be held against.',
  field: 'next-steps',
  ask: 'what you will work on next week',
  examples: [
    {
      shows: 'an answer',
      markdown: checkIn({ nextSteps: 'Train the late shift.' }),
      reports: [],
    },
    {
      shows: 'the question of the template',
      markdown: checkIn({ nextSteps: '`What will you work on next week?`' }),
      reports: ['placeholder'],
    },
    {
      shows: 'a heading with nothing beneath it',
      markdown: checkIn({ nextSteps: [] }),
      reports: ['empty'],
    },
    { shows: 'no such section', markdown: ['## Weekly update', 'On Schedule'], reports: ['missing'] },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 10 },
      markdown: checkIn({ nextSteps: 'Rota.' }),
      reports: ['too-short'],
    },
  ],
  read: (document) => document.nextSteps,
});
