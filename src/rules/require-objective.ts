import { textFieldRule } from './shared/text-field-rule.ts';

export const requireObjective = textFieldRule({
  id: 'require-objective',
  kind: 'kr',
  description: 'The Objective section says what the KR is to achieve.',
  why: 'The objective is what everything else is measured against. Without it, nobody outside the team can tell whether the milestones lead anywhere.',
  field: 'objective',
  ask: 'what this KR is to achieve and how you will measure it',
  read: (document) => document.objective,
});
