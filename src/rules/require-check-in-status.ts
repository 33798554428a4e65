import { statusRule } from './shared/status-rule.ts';

export const requireCheckInStatus = statusRule({
  id: 'require-check-in-status',
  kind: 'check-in',
  description: 'The check-in has one status.',
  why: 'The status is what is read when nothing else is. All choices left standing say nothing, and two contradict each other.',
  called: 'status',
  choices: ['On Schedule', 'At Risk', 'Behind Schedule'],
  read: (document) => document.status,
});
