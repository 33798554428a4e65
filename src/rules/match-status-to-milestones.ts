import { z } from 'zod';
import { addDays } from '../model/days.ts';
import { newestClaim, sureStatus } from '../model/updates.ts';
import { defineRule } from './rule.ts';
import { longDate } from './shared/days.ts';
import { milestoneList, updateOn } from './shared/example-texts.ts';
import { milestonesIn, named } from './shared/milestones.ts';
import { claimed, ofWeek } from './shared/updates.ts';
import { quote, typed } from './shared/words.ts';

const overdue = milestoneList({ description: 'Alarm rules reviewed', due: '2026-11-13' });
const planned = milestoneList({ description: 'Alarm rules reviewed' });

const update = (status: string, next: string) => updateOn('2026-11-20', { status, nextSteps: `* ${next}` });

export const matchStatusToMilestones = defineRule({
  id: 'match-status-to-milestones',
  kind: 'kr',
  description: 'The status that the newest update claims agrees with the milestones.',
  why: 'An “On Track” next to a milestone whose day has passed is the claim that no one checks. The bot names both places once and changes neither.',
  messages: {
    'on-track-overdue': {
      text: '{milestone}: it was due on {date} and is open, but the update of {week} says {status}.',
      hint: 'Tick its box if it is done, move its date, or change the status in the update.',
    },
    'blocked-by-nothing': {
      text: 'The update of {week} says {status}, but not by whom or what.',
      hint: 'Add who or what it waits for: {example}, or a link to an issue.',
    },
  },
  options: z.strictObject({
    'grace-days': z
      .int()
      .min(0)
      .max(90)
      .default(0)
      .describe('How many days a milestone may be late next to “On Track”.'),
    blockers: z
      .boolean()
      .default(true)
      .describe('Whether “Blocked” has to name a person, a link, or what it waits for.'),
  }),
  defaultSeverity: 'warning',
  offAtFirst: true,
  needs: ['timeline'],
  fields: ['status'],
  examples: [
    {
      shows: '“On Track”, and nothing is late',
      markdown: planned,
      comments: [update('On Track', 'Agree on the rota')],
      reports: [],
    },
    {
      shows: '“On Track” next to a milestone whose day has passed',
      markdown: overdue,
      comments: [update('On Track', 'Agree on the rota')],
      reports: ['on-track-overdue'],
    },
    {
      shows: 'the same, said as it is',
      markdown: overdue,
      comments: [update('Requires Escalation', 'Agree on the rota')],
      reports: [],
    },
    {
      shows: '“On Track?”, which is a question',
      markdown: overdue,
      comments: [update('On Track?', 'Agree on the rota')],
      reports: [],
    },
    {
      shows: '“Blocked”, by no one knows what',
      markdown: planned,
      comments: [update('Blocked', 'See what happens')],
      reports: ['blocked-by-nothing'],
    },
    {
      shows: '“Blocked”, and by whom',
      markdown: planned,
      comments: [update('Blocked', 'Waiting for the licence from legal')],
      reports: [],
    },
  ],
  *check(document, { 'grace-days': grace, blockers }, { timeline, today }) {
    const claim = timeline === undefined ? null : newestClaim(timeline);
    const status = claim === null ? null : sureStatus(claim);
    if (claim === null || status === null) return;
    const { noteId, author } = claim;
    const about = { week: ofWeek(claim), status: quote(claimed(claim)) };
    if (status === 'on-track') {
      for (const one of milestonesIn(document, ['open'])) {
        const { milestone } = one;
        const { date, place, certain } = milestone.dueDate;
        if (certain === false || milestone.stateCertain === false) continue;
        if (date === null || addDays(date, grace) >= today) continue;
        const { name, subject, people } = named(one);
        yield {
          message: 'on-track-overdue',
          data: { ...about, milestone: name, date: longDate(date) },
          place: place ?? milestone.place,
          subject,
          people: [...new Set([author, ...people])],
          noteId,
        };
      }
    } else if (
      blockers &&
      /block|octagonal|🛑|⛔/iu.test(claim.document.status.raw) &&
      !namesABlocker(claim.body)
    ) {
      yield {
        message: 'blocked-by-nothing',
        data: { ...about, example: typed('Waiting for @name') },
        place: null,
        subject: { part: 'section', name: 'status' },
        people: [author],
        noteId,
      };
    }
  },
});

/** A person, a link or a reference, or words that say what it waits for. */
function namesABlocker(body: string): boolean {
  return (
    /(?:^|[\s(])@[\w.-]{2,}|https?:\/\/|(?:^|[\s(])[\w./-]{0,200}[#&!]\d+/m.test(body) ||
    /\b(?:blocked (?:by|on|until)|waiting (?:for|on)|waits? (?:for|on)|depends? (?:on|upon)|pending|because|due to|until)\s+\S/i.test(
      body,
    )
  );
}
