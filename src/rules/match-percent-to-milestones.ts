import { z } from 'zod';
import { newestClaim, surePercent } from '../model/updates.ts';
import { counted } from '../text/words.ts';
import { defineRule } from './rule.ts';
import { updateOn } from './shared/example-texts.ts';
import { ofWeek } from './shared/updates.ts';

const open = (number: number) =>
  `- [ ] Milestone ${number}: Description: Alarm rules of shift ${number} reviewed Due Date: 2026-12-11 DRI: @maya.o`;
const done = (number: number) => open(number).replace('[ ]', '[x]');

const update = (percent: string) => updateOn('2026-11-20', { percent });

export const matchPercentToMilestones = defineRule({
  id: 'match-percent-to-milestones',
  kind: 'kr',
  description: 'The percentage that the newest update claims agrees with the milestones that are done.',
  why: 'A percentage is an estimate, and milestones are coarse; so this rule speaks only where the two cannot both be true: everything claimed and something open, little claimed and everything done, or far more than what is done and under way.',
  messages: {
    'complete-but-open': {
      text: 'The update of {week} says {percent}, but {open} still open.',
      hint: 'Tick what is done and mark `[~]` what no longer applies, or correct the percentage.',
    },
    'done-but-incomplete': {
      text: 'All milestones are done, but the update of {week} says {percent}.',
      hint: 'Correct the percentage in the update, or add the milestone that is still to come.',
    },
    'more-than-done': {
      text: 'The update of {week} says {percent}, but {finished} done.',
      hint: 'Tick what is done, or correct the percentage in the update.',
    },
    'less-than-done': {
      text: 'The update of {week} says {percent}, though {finished} done.',
      hint: 'Correct the percentage in the update, or untick what is not done yet.',
    },
  },
  options: z.strictObject({
    tolerance: z
      .int()
      .min(0)
      .max(100)
      .default(15)
      .describe(
        'By how many points the percentage may differ from the milestones: below those done, or above those done and the next one.',
      ),
  }),
  defaultSeverity: 'warning',
  offAtFirst: true,
  needs: ['timeline'],
  fields: ['percent'],
  examples: [
    {
      shows: 'one of two is done, the other under way',
      markdown: ['## Milestones', done(1), open(2)],
      comments: [update('70%')],
      reports: [],
    },
    {
      shows: 'everything is claimed, and something is open',
      markdown: ['## Milestones', done(1), open(2)],
      comments: [update('100%')],
      reports: ['complete-but-open'],
    },
    {
      shows: 'everything is done, and little is claimed',
      markdown: ['## Milestones', done(1), done(2)],
      comments: [update('10%')],
      reports: ['done-but-incomplete'],
    },
    {
      shows: 'far more than what is done and the next one',
      markdown: ['## Milestones', open(1), open(2), open(3), open(4)],
      comments: [update('80%')],
      reports: ['more-than-done'],
    },
    {
      shows: 'far less than what is done',
      markdown: ['## Milestones', done(1), done(2), done(3), open(4)],
      comments: [update('20%')],
      reports: ['less-than-done'],
    },
    {
      shows: 'a percentage with a question mark',
      markdown: ['## Milestones', done(1), done(2), done(3), open(4)],
      comments: [update('20%?')],
      reports: [],
    },
  ],
  *check(document, { tolerance }, { timeline }) {
    const claim = timeline === undefined ? null : newestClaim(timeline);
    const counting = document.milestones.filter(({ state }) => state !== 'inapplicable');
    const percent = claim === null ? null : surePercent(claim);
    if (claim === null || percent === null || counting.length === 0) return;
    // What may be no milestone, or be done without saying so, contradicts no one.
    if (counting.some(({ certain, stateCertain }) => certain === false || stateCertain === false)) return;
    const finished = counting.filter(({ state }) => state === 'done').length;
    const message = contradiction(percent, finished, counting.length, tolerance);
    if (message === null) return;
    const ofAll = (number: number) =>
      `${number} of ${counted(counting.length, 'milestone')} ${number === 1 ? 'is' : 'are'}`;
    yield {
      message,
      data: {
        week: ofWeek(claim),
        percent: `${Math.round(percent * 10) / 10}%`,
        open: ofAll(counting.length - finished),
        finished: ofAll(finished),
      },
      place: document.milestonesPlace ?? null,
      subject: { part: 'section', name: 'percentage' },
      people: [claim.author],
      noteId: claim.noteId,
    };
  },
});

type Contradiction = 'complete-but-open' | 'done-but-incomplete' | 'more-than-done' | 'less-than-done';

/** What cannot be true together; null: all of it can. */
function contradiction(claim: number, done: number, all: number, tolerance: number): Contradiction | null {
  if (done === all) return claim < 100 - tolerance ? 'done-but-incomplete' : null;
  if (claim >= 100) return 'complete-but-open';
  if (claim > (100 * (done + 1)) / all + tolerance) return 'more-than-done';
  return claim < (100 * done) / all - tolerance ? 'less-than-done' : null;
}
