import { textFieldRule } from './shared/text-field-rule.ts';

export const requirePlanTitle = textFieldRule({
  id: 'require-plan-title',
  kind: 'plan',
  description: 'The plan has a title.',
  why: 'The title is what a plan is found and referred to by.',
  field: 'title',
  ask: 'a title of your own',
  read: (document) => document.title,
});
