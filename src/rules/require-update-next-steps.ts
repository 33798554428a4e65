import { textFieldRule } from './shared/text-field-rule.ts';

export const requireUpdateNextSteps = textFieldRule({
  id: 'require-update-next-steps',
  kind: 'weekly-update',
  description: 'The update says what comes next.',
  why: 'The next steps are what others can plan with, and what the next update can be held against.',
  field: 'next-steps',
  ask: 'what will happen in the next one or two weeks',
  read: (document) => document.nextSteps,
});
