import { okr } from './shared/example-texts.ts';
import { textFieldRule } from './shared/text-field-rule.ts';

export const requireOkrBudget = textFieldRule({
  id: 'require-okr-budget',
  kind: 'okr',
  description: 'The OKR says what budget it needs.',
  why: 'Money that is asked for late is not there. “None” is an answer; silence is not.',
  field: 'budget',
  ask: 'the budget that is needed, or that none is',
  examples: [
    {
      shows: 'an answer',
      markdown: okr({ budget: 'None' }),
      reports: [],
    },
    {
      shows: 'the question of the template',
      markdown: okr({ budget: '`Any budget required to execute this OKR?`' }),
      reports: ['placeholder'],
    },
    {
      shows: 'a heading with nothing beneath it',
      markdown: okr({ budget: [] }),
      reports: ['empty'],
    },
    {
      shows: 'no such section',
      markdown: okr({ budget: null }),
      reports: ['missing'],
    },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 10 },
      markdown: okr({ budget: 'Yes' }),
      reports: ['too-short'],
    },
  ],
  read: (document) => document.budget,
});
