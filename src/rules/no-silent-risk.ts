import { z } from 'zod';
import type { UpdateEntry } from '../model/timeline.ts';
import { newestClaim, weeklySeries } from '../model/updates.ts';
import { defineRule } from './rule.ts';
import { updateOn } from './shared/example-texts.ts';
import { claimed, ofWeek, wordsAlone } from './shared/updates.ts';
import { quote } from './shared/words.ts';

const update = (on: string, week: string, next: string, status = 'Requires Escalation') =>
  updateOn(on, { week, status, completed: `* What was left of ${week}`, nextSteps: `* ${next}` });

export const noSilentRisk = defineRule({
  id: 'no-silent-risk',
  kind: 'kr',
  description: 'A KR that is at risk has other next steps after some weeks.',
  why: 'At risk is a call for help. Where the same next steps follow it week after week, either no one heard it or no one acts.',
  messages: {
    stuck: {
      text: 'It says {status} since {first}, {weeks} weeks in a row, and the next steps have not changed.',
      hint: 'Say what is done about it and by whom, or whom you need.',
    },
  },
  options: z.strictObject({
    weeks: z
      .int()
      .min(2)
      .max(13)
      .default(3)
      .describe('After how many weeks at risk with the same next steps it is reported.'),
  }),
  defaultSeverity: 'warning',
  offAtFirst: true,
  needs: ['timeline'],
  fields: ['next-steps'],
  examples: [
    {
      shows: 'at risk, and something is done about it',
      markdown: [],
      comments: [
        update('2026-11-06', '2026-11-02', 'Ask for a second licence'),
        update('2026-11-13', '2026-11-09', 'Ask the director for the licence'),
        update('2026-11-20', '2026-11-16', 'Buy the licence'),
      ],
      reports: [],
    },
    {
      shows: 'at risk for three weeks with the same next step',
      markdown: [],
      comments: [
        update('2026-11-06', '2026-11-02', 'Ask for a second licence'),
        update('2026-11-13', '2026-11-09', 'Ask for a second licence'),
        update('2026-11-20', '2026-11-16', 'Ask for a second licence'),
      ],
      reports: ['stuck'],
    },
    {
      shows: 'the same next step, and no risk',
      markdown: [],
      comments: [
        update('2026-11-06', '2026-11-02', 'Review the rules', 'On Track'),
        update('2026-11-13', '2026-11-09', 'Review the rules', 'On Track'),
        update('2026-11-20', '2026-11-16', 'Review the rules', 'On Track'),
      ],
      reports: [],
    },
  ],
  *check(_document, { weeks }, { timeline }) {
    const claim = timeline === undefined ? null : newestClaim(timeline);
    if (timeline === undefined || claim === null || !isRisk(claim)) return;
    const steps = stepsOf(claim);
    const series = weeklySeries(timeline);
    const goesOn = (update: UpdateEntry) =>
      update.isNoChange || (isRisk(update) && stepsOf(update) === steps);
    const same = series.slice(series.findLastIndex((update) => !goesOn(update)) + 1);
    // Where it begins with “no change”, what did not change is further back and was another matter.
    const stuck = same.slice(same.findIndex(({ isNoChange }) => !isNoChange));
    const [first] = stuck;
    if (first === undefined || stuck.length < weeks) return;
    yield {
      message: 'stuck',
      data: { status: quote(claimed(claim)), first: ofWeek(first), weeks: stuck.length },
      place: null,
      subject: { part: 'section', name: 'next steps' },
      people: [claim.author],
      noteId: claim.noteId,
    };
  },
});

const isRisk = ({ status }: UpdateEntry): boolean => status === 'at-risk' || status === 'off-track';

const stepsOf = ({ document }: UpdateEntry): string => wordsAlone(document.nextSteps.text);
