import { textFieldRule } from './shared/text-field-rule.ts';

export const requireCheckInAccomplished = textFieldRule({
  id: 'require-check-in-accomplished',
  kind: 'check-in',
  description: 'The check-in says what was accomplished.',
  why: 'A status says how it goes; what was accomplished shows why anybody should believe it.',
  field: 'accomplished',
  ask: 'what was accomplished this week',
  read: (document) => document.accomplished,
});
