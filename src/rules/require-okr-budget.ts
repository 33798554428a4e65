import { textFieldRule } from './shared/text-field-rule.ts';

export const requireOkrBudget = textFieldRule({
  id: 'require-okr-budget',
  kind: 'okr',
  description: 'The OKR says what budget it needs.',
  why: 'Money that is asked for late is not there. “None” is an answer; silence is not.',
  field: 'budget',
  ask: 'the budget that is needed, or that none is',
  read: (document) => document.budget,
});
