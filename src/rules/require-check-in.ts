import { defineRule } from './rule.ts';
import { cadenceOptions, silenceMessages, silenceReports } from './shared/silence.ts';

export const requireCheckIn = defineRule({
  id: 'require-check-in',
  kind: 'okr',
  description: 'A comment after the check-in template is there for each week, in time.',
  why: 'Key Results say how far they are; whether the objective will be reached is for its owner to say. However long the silence, it is one finding, and the bot offers a check-in made from the updates of the KRs.',
  messages: silenceMessages('check-in', 'check-in'),
  options: cadenceOptions,
  defaultSeverity: 'warning',
  offAtFirst: true,
  needs: ['timeline', 'createdAt', 'labels'],
  examples: [
    {
      shows: 'a check-in for the last week that is due',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: [] },
      comments: [
        {
          on: '2026-11-20',
          text: [
            '## Weekly update',
            'On Schedule',
            '## What was accomplished',
            'Alarm rules reviewed.',
            '## Next steps',
            'Agree on the rota.',
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
      shows: 'no check-in at all',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: [] },
      markdown: [],
      reports: ['never'],
    },
    {
      shows: 'a comment of the owner that says some of it',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: [], assignees: ['maya.o'] },
      comments: [
        {
          on: '2026-11-19',
          author: 'maya.o',
          text: ['## What was accomplished', 'Rules reviewed.', '## Next steps', 'The rota.'],
        },
      ],
      markdown: [],
      reports: ['almost'],
    },
    {
      shows: 'labels that contradict each other',
      issue: { createdAt: '2026-11-02T09:00:00Z', labels: ['check-in::weekly', 'check-in::monthly'] },
      options: { 'cadence-labels': { 'check-in::weekly': 1, 'check-in::monthly': 4 } },
      comments: [{ on: '2026-11-19', text: ['no change'] }],
      markdown: [],
      reports: ['two-cadences'],
    },
  ],
  *check(_document, options, context) {
    yield* silenceReports(options, context, () => '## Weekly update');
  },
});
