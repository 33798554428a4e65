import { z } from 'zod';
import { surePercent, weeklySeries } from '../model/updates.ts';
import { defineRule } from './rule.ts';
import { updateOf } from './shared/example-texts.ts';
import { ofWeek } from './shared/updates.ts';

export const noFallingPercent = defineRule({
  id: 'no-falling-percent',
  kind: 'kr',
  description: 'The percentage complete does not fall from one update to the next.',
  why: 'Progress that goes backwards is either a slip of the pen or news that deserves a sentence: something was undone, or the goal grew.',
  messages: {
    fell: {
      text: 'The percentage fell from {before}% in the update of {earlier} to {now}% in that of {later}.',
      hint: 'Correct the number, or say in the next update why it fell.',
    },
  },
  options: z.strictObject({
    tolerance: z.int().min(0).max(100).default(0).describe('By how many points it may fall.'),
  }),
  defaultSeverity: 'warning',
  offAtFirst: true,
  needs: ['timeline'],
  fields: ['percent'],
  examples: [
    {
      shows: 'a percentage that grows',
      markdown: [],
      comments: [updateOf('2026-11-13', '2026-11-09', 30), updateOf('2026-11-20', '2026-11-16', 45)],
      reports: [],
    },
    {
      shows: 'a percentage that falls',
      markdown: [],
      comments: [updateOf('2026-11-13', '2026-11-09', 45), updateOf('2026-11-20', '2026-11-16', 30)],
      reports: ['fell'],
    },
    {
      shows: 'a correction within the week: the later update counts',
      markdown: [],
      comments: [
        updateOf('2026-11-13', '2026-11-09', 30),
        updateOf('2026-11-19', '2026-11-16', 20),
        updateOf('2026-11-20', '2026-11-16', 45),
      ],
      reports: [],
    },
  ],
  *check(_document, { tolerance }, { timeline }) {
    if (timeline === undefined) return;
    const known = weeklySeries(timeline).filter((update) => surePercent(update) !== null);
    const [before, now] = known.slice(-2);
    if (before === undefined || now === undefined) return;
    const fall = (before.percent ?? 0) - (now.percent ?? 0);
    if (fall <= tolerance) return;
    yield {
      message: 'fell',
      data: {
        before: before.percent ?? 0,
        now: now.percent ?? 0,
        earlier: ofWeek(before),
        later: ofWeek(now),
      },
      place: null,
      subject: { part: 'section', name: 'percentage' },
      people: [now.author],
      noteId: now.noteId,
    };
  },
});
