import { weeklyUpdate } from './shared/example-texts.ts';
import { statusRule } from './shared/status-rule.ts';

export const requireUpdateStatus = statusRule({
  id: 'require-update-status',
  kind: 'weekly-update',
  description: 'The update has one status.',
  why: 'The status is what is read when nothing else is. All choices left in say nothing, and two contradict each other.',
  choices: ['On Track', 'Requires Escalation', 'Blocked'],
  examples: [
    {
      shows: 'one status',
      markdown: weeklyUpdate({ status: ':white_check_mark: - On Track' }),
      reports: [],
    },
    {
      shows: 'all choices of the template',
      markdown: weeklyUpdate({
        status:
          ':white_check_mark: - On Track, :warning: - Requires Escalation, :octagonal_sign: - Blocked (Leave the relevant status, remove the rest and this note)',
      }),
      reports: ['placeholder'],
    },
    {
      shows: 'two of the choices',
      markdown: weeklyUpdate({ status: ':white_check_mark: - On Track, :octagonal_sign: - Blocked' }),
      reports: ['several'],
    },
    {
      shows: 'a status no one knows',
      markdown: weeklyUpdate({ status: 'so-so' }),
      reports: ['unknown'],
    },
    {
      shows: 'no status',
      markdown: ['## Weekly KR Update for the week of 2026-11-16', 'Percentage complete: 45%'],
      reports: ['missing'],
    },
  ],
  read: (document) => document.status,
});
