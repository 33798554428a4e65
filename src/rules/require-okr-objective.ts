import { textFieldRule } from './shared/text-field-rule.ts';

export const requireOkrObjective = textFieldRule({
  id: 'require-okr-objective',
  kind: 'okr',
  description: 'The OKR states its objective.',
  why: 'The objective is what the organisation agrees on; everything below it can change during the quarter.',
  field: 'objective',
  ask: 'the outcome you want, how it serves the strategy and how you will measure it',
  read: (document) => document.objective,
});
