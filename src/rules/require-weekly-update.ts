import { defineRule } from './rule.ts';
import { cadenceOptions, silenceMessages, silenceReports } from './shared/silence.ts';

export const requireWeeklyUpdate = defineRule({
  id: 'require-weekly-update',
  kind: 'kr',
  description: 'A comment after the weekly update template is there for each week, in time.',
  why: 'A KR that is complete on its first day and silent for twelve weeks has failed even so. However long the silence, it is one finding, and a comment “no change” is an update.',
  messages: silenceMessages('update', 'weekly update'),
  options: cadenceOptions,
  defaultSeverity: 'warning',
  offAtFirst: true,
  needs: ['timeline', 'createdAt', 'labels'],
  fields: ['update'],
  examples: [
    {
      shows: 'an update for the last week that is due',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: [] },
      comments: [
        {
          on: '2026-11-20',
          text: [
            '## Weekly KR Update for the week of 2026-11-16',
            'Status: On Track',
            'Percentage complete: 45%',
            '## Completed',
            '* Alarm rules reviewed',
            '## Next steps',
            '* Agree on the rota',
          ],
        },
      ],
      markdown: [],
      reports: [],
    },
    {
      shows: 'two weeks of silence',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: [] },
      comments: [{ on: '2026-11-06', text: ['no change'] }],
      markdown: [],
      reports: ['silent'],
    },
    {
      shows: 'the same where two weeks are one period',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: [] },
      options: { 'cadence-weeks': 3 },
      comments: [{ on: '2026-11-06', text: ['no change'] }],
      markdown: [],
      reports: [],
    },
    {
      shows: 'no update at all',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: [] },
      markdown: [],
      reports: ['never'],
    },
    {
      shows: 'a comment of the DRI that says some of it',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: [], assignees: ['maya.o'] },
      comments: [
        {
          on: '2026-11-19',
          author: 'maya.o',
          text: ['## Completed', '* Alarm rules reviewed', '## Next steps', '* Agree on the rota'],
        },
      ],
      markdown: [],
      reports: ['almost'],
    },
    {
      shows: 'labels that contradict each other',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: ['update::weekly', 'update::monthly'] },
      options: { 'cadence-labels': { 'update::weekly': 1, 'update::monthly': 4 } },
      comments: [{ on: '2026-11-19', text: ['no change'] }],
      markdown: [],
      reports: ['two-cadences'],
    },
  ],
  *check(_document, options, context) {
    const heading = context.template.headingOf('week-of');
    yield* silenceReports(options, context, (week) => headingFor(heading, week));
  },
});

function headingFor(heading: string | null, week: string): string {
  const text = heading ?? '## Weekly KR Update for the week of YYYY-MM-DD';
  return text.includes('YYYY-MM-DD') ? text.replace('YYYY-MM-DD', week) : `${text.trimEnd()} ${week}`;
}
