import { requireCheckIn } from '../../src/rules/require-check-in.ts';
import { testRule } from './helpers.ts';

const issue = { createdAt: '2026-11-02T09:00:00Z', labels: [] };
const checkIn = (on: string) => ({
  on,
  text: [
    '## Weekly update',
    'At Risk',
    '## What was accomplished',
    'Rules reviewed.',
    '## Next steps',
    'Rota.',
  ],
});

testRule(requireCheckIn, [
  {
    shows: 'three weeks of silence, as one finding',
    issue,
    comments: [checkIn('2026-11-06')],
    now: '2026-11-30T09:00:00Z',
    markdown: [],
    reports: ['silent'],
    says: [
      'No check-in since the week of 2 November; 3 are missing. Write a comment after the template that begins with `## Weekly update`; where nothing changed, `no change` alone will do.',
    ],
  },
  {
    shows: 'the day of grace',
    issue,
    comments: [checkIn('2026-11-13')],
    now: '2026-11-21T09:00:00Z',
    markdown: [],
    reports: [],
  },
  {
    shows: 'an objective that was opened this week',
    issue: { createdAt: '2026-11-19T09:00:00Z', labels: [] },
    markdown: [],
    reports: [],
  },
  {
    shows: 'a label that asks for one a month',
    issue: { createdAt: '2026-11-02T09:00:00Z', labels: ['check-in::monthly'] },
    options: { 'cadence-labels': { 'check-in::monthly': 4 } },
    comments: [checkIn('2026-11-06')],
    markdown: [],
    reports: [],
  },
]);
