import { checkIn } from './shared/example-texts.ts';
import { textFieldRule } from './shared/text-field-rule.ts';

export const requireCheckInAccomplished = textFieldRule({
  id: 'require-check-in-accomplished',
  kind: 'check-in',
  description: 'The check-in says what was accomplished.',
  why: 'A status says how it goes; what was accomplished shows why anybody should believe it.',
  field: 'accomplished',
  ask: 'what was accomplished this week',
  examples: [
    {
      shows: 'an answer',
      markdown: checkIn({ accomplished: 'The night rota is agreed.' }),
      reports: [],
    },
    {
      shows: 'the question of the template',
      markdown: checkIn({ accomplished: '`What did you accomplish this week?`' }),
      reports: ['placeholder'],
    },
    {
      shows: 'a heading with nothing beneath it',
      markdown: checkIn({ accomplished: [] }),
      reports: ['empty'],
    },
    { shows: 'no such section', markdown: ['## Weekly update', 'On Schedule'], reports: ['missing'] },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 10 },
      markdown: checkIn({ accomplished: 'Rota.' }),
      reports: ['too-short'],
    },
  ],
  read: (document) => document.accomplished,
});
