import { textFieldRule } from './shared/text-field-rule.ts';

export const requireCheckInNextSteps = textFieldRule({
  id: 'require-check-in-next-steps',
  kind: 'check-in',
  description: 'The check-in says what comes next.',
  why: 'The next steps are what others can plan with, and what the next check-in can be held against.',
  field: 'next-steps',
  ask: 'what you will work on next week',
  read: (document) => document.nextSteps,
});
