import { checkIn } from './shared/example-texts.ts';
import { statusRule } from './shared/status-rule.ts';

export const requireCheckInStatus = statusRule({
  id: 'require-check-in-status',
  kind: 'check-in',
  description: 'The check-in has one status.',
  why: 'The status is what is read when nothing else is. All choices left in say nothing, and two contradict each other.',
  called: 'status',
  choices: ['On Schedule', 'At Risk', 'Behind Schedule'],
  examples: [
    {
      shows: 'one status',
      markdown: checkIn({ status: 'On Schedule' }),
      reports: [],
    },
    {
      shows: 'all choices of the template',
      markdown: checkIn({ status: '`On Schedule/At Risk/Behind Schedule`' }),
      reports: ['placeholder'],
    },
    {
      shows: 'two of the choices',
      markdown: checkIn({ status: 'On Schedule / At Risk' }),
      reports: ['several'],
    },
    {
      shows: 'a status no one knows',
      markdown: checkIn({ status: 'so-so' }),
      reports: ['unknown'],
    },
    {
      shows: 'no status',
      markdown: checkIn({ status: [] }),
      reports: ['missing'],
    },
  ],
  read: (document) => document.status,
});
