import { requireWeeklyUpdate } from '../../src/rules/require-weekly-update.ts';
import { testRule } from './helpers.ts';

const issue = { createdAt: '2026-11-02T09:00:00Z', labels: [] };
const noChange = (on: string) => ({ on, text: ['no change'] });

testRule(requireWeeklyUpdate, [
  {
    shows: 'three weeks of silence, in words',
    issue,
    now: '2026-11-30T09:00:00Z',
    comments: [noChange('2026-11-06')],
    markdown: [],
    reports: ['silent'],
    says: [
      'No update since the week of 2 November; 3 are missing. Write a comment after the template that begins with `## Weekly KR Update for the week of 2026-11-23`; where nothing changed, `no change` alone will do.',
    ],
  },
  {
    shows: 'the last day of grace',
    issue,
    now: '2026-11-07T20:00:00Z',
    markdown: [],
    reports: [],
  },
  {
    shows: 'the day after',
    issue,
    now: '2026-11-08T00:00:00Z',
    markdown: [],
    reports: ['never'],
  },
  {
    shows: 'a week that had begun when the issue was opened',
    issue: { ...issue, createdAt: '2026-11-18T09:00:00Z' },
    markdown: [],
    reports: [],
  },
  {
    shows: 'an issue opened long before its quarter',
    issue: { ...issue, createdAt: '2026-09-01T09:00:00Z' },
    now: '2026-11-15T09:00:00Z',
    markdown: [],
    reports: ['never'],
    says: [
      'There is no weekly update yet; 2 are missing. Write a comment after the template that begins with `## Weekly KR Update for the week of 2026-11-09`; where nothing changed, `no change` alone will do.',
    ],
  },
  {
    shows: 'long after its quarter: no update was due since',
    issue,
    now: '2027-04-01T09:00:00Z',
    comments: [noChange('2027-01-29')],
    markdown: [],
    reports: [],
  },
  {
    shows: 'an update for a week that is yet to come by years: a slip of the pen',
    issue,
    comments: [
      {
        on: '2026-11-06',
        text: [
          '## Weekly KR Update for the week of 2062-11-02',
          'Status: On Track',
          'Percentage complete: 5%',
          '## Completed',
          '* A',
        ],
      },
    ],
    markdown: [],
    reports: ['silent'],
  },
  {
    shows: 'the template pasted and not filled in',
    issue,
    now: '2026-11-09T09:00:00Z',
    comments: [
      {
        on: '2026-11-06',
        text: [
          '## Weekly KR Update for the week of YYYY-MM-DD',
          'Status: :white_check_mark: - On Track, :warning: - Requires Escalation, :octagonal_sign: - Blocked (Leave the relevant status, remove the rest and this note)',
          'Percentage complete: XX%',
          '',
          '## Completed',
          '* (List of what tasks were completed since last update)',
          '',
          '## Next steps',
          '* (List of what needs to happen in the next 1-2 weeks)',
        ],
      },
    ],
    markdown: [],
    reports: ['never'],
  },
  {
    shows: 'talk about updates',
    issue,
    now: '2026-11-09T09:00:00Z',
    comments: [
      { on: '2026-11-06', text: ['Is the weekly update for the week of 2026-11-02 coming?'] },
      {
        on: '2026-11-06',
        text: ['> ## Weekly KR Update for the week of 2026-11-02', '> Status: On Track', '', 'When?'],
      },
    ],
    markdown: [],
    reports: ['never'],
  },
  {
    shows: 'four weeks between updates, by a label',
    issue: { ...issue, labels: ['update::monthly'] },
    options: { 'cadence-labels': { 'update::monthly': 4 } },
    now: '2026-11-28T09:00:00Z',
    markdown: [],
    reports: [],
  },
]);
