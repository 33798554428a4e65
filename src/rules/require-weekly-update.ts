import { newestUpdate } from '../model/updates.ts';
import { enumerate } from '../text/words.ts';
import { defineRule } from './rule.ts';
import { dayAndMonth } from './shared/days.ts';
import { cadenceOf, cadenceOptions, silenceOf, weekdays } from './shared/silence.ts';
import { plain, quote, typed } from './shared/words.ts';

export const requireWeeklyUpdate = defineRule({
  id: 'require-weekly-update',
  kind: 'kr',
  description: 'A comment after the weekly update template is there for each week, in time.',
  why: 'A KR that is complete on its first day and silent for twelve weeks has failed all the same. However long the silence, it is one finding, and a comment “no change” is an update.',
  messages: {
    silent: {
      text: 'No update since {last}; {missing}.',
      hint: 'Write a comment after the template that begins with {heading}; where nothing changed, {nothing} alone will do.',
    },
    never: {
      text: 'There is no weekly update yet; {missing}.',
      hint: 'Write a comment after the template that begins with {heading}; where nothing changed, {nothing} alone will do.',
    },
    almost: {
      text: 'The comment of {author} is almost a weekly update, but it lacks {lacks}; {missing}.',
      hint: 'Edit that comment and add what it lacks: it counts then.',
    },
    'two-cadences': {
      text: 'The labels {labels} ask for different cadences of updates; the shortest one counts.',
      hint: 'Take all but one of them off the issue.',
    },
  },
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
  *check(_document, { due, 'grace-days': grace, ...cadences }, context) {
    const { timeline, template } = context;
    if (timeline === undefined) return;
    const { weeks: cadence, labels } = cadenceOf(context.issue.labels ?? [], cadences);
    const subject = { part: 'issue' } as const;
    if (labels.length > 1) {
      const named = enumerate(labels.map(quote));
      yield { message: 'two-cadences', data: { labels: named }, place: null, subject };
    }
    const last = newestUpdate(timeline);
    const latest = weekdays.indexOf(due);
    const silence = silenceOf(context, { last: last?.countsFor ?? null, cadence, latest, grace });
    if (silence === null) return;
    const missing = silence.count === 1 ? 'one is missing' : `${silence.count} are missing`;
    const { almostUpdate: almost } = timeline;
    if (almost !== null) {
      const { author, lacks, noteId } = almost;
      const data = { author: plain(author), lacks: enumerate([...lacks]), missing };
      yield { message: 'almost', data, place: null, subject, noteId, people: [author] };
      return;
    }
    const heading = typed(headingFor(template.headingOf('week-of'), silence.newest));
    const texts = { missing, heading, nothing: typed('no change') };
    const proposals = [{ field: 'week', value: silence.newest }];
    if (last === null) yield { message: 'never', data: texts, place: null, subject, proposals };
    else {
      const since = `the week of ${dayAndMonth(last.countsFor)}`;
      yield { message: 'silent', data: { ...texts, last: since }, place: null, subject, proposals };
    }
  },
});

function headingFor(heading: string | null, week: string): string {
  const text = heading ?? '## Weekly KR Update for the week of YYYY-MM-DD';
  return text.includes('YYYY-MM-DD') ? text.replace('YYYY-MM-DD', week) : `${text.trimEnd()} ${week}`;
}
