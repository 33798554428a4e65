import { okr } from './shared/example-texts.ts';
import { textFieldRule } from './shared/text-field-rule.ts';

export const requireOkrObjective = textFieldRule({
  id: 'require-okr-objective',
  kind: 'okr',
  description: 'The OKR states its objective.',
  why: 'The objective is what the organisation agrees on; everything below it can change during the quarter.',
  field: 'objective',
  ask: 'the outcome you want, how it serves the strategy and how you will measure it',
  examples: [
    {
      shows: 'an answer',
      markdown: okr({
        objective:
          'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
      }),
      reports: [],
    },
    {
      shows: 'the question of the template',
      markdown: okr({
        objective:
          '`what is the desired outcome of this OKR and how does it align with organizational strategy? How will you measure success?`',
      }),
      reports: ['placeholder'],
    },
    {
      shows: 'a heading with nothing beneath it',
      markdown: okr({ objective: [] }),
      reports: ['empty'],
    },
    {
      shows: 'no such section',
      markdown: okr({ objective: null }),
      reports: ['missing'],
    },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 10 },
      markdown: okr({ objective: 'Yes' }),
      reports: ['too-short'],
    },
  ],
  read: (document) => document.objective,
});
