import { statusRule } from './shared/status-rule.ts';

export const requireUpdateStatus = statusRule({
  id: 'require-update-status',
  kind: 'weekly-update',
  description: 'The update has one status.',
  why: 'The status is what is read when nothing else is. All choices left standing say nothing, and two contradict each other.',
  choices: ['On Track', 'Requires Escalation', 'Blocked'],
  read: (document) => document.status,
});
