import { textFieldRule } from './shared/text-field-rule.ts';

export const requireUpdateCompleted = textFieldRule({
  id: 'require-update-completed',
  kind: 'weekly-update',
  description: 'The update says what was completed.',
  why: 'What was done is the part people read. An empty list looks like an empty week, even when it was not; “None this week” is an answer too.',
  field: 'completed',
  ask: 'what was done since the last update, or that nothing was',
  read: (document) => document.completed,
});
