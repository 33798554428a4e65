import { z } from 'zod';
import { weeklySeries } from '../model/updates.ts';
import { defineRule } from './rule.ts';
import { updateOf } from './shared/example-texts.ts';
import { ofWeek, wordsAlone } from './shared/updates.ts';
import { typed } from './shared/words.ts';

export const noCopiedUpdate = defineRule({
  id: 'no-copied-update',
  kind: 'kr',
  description: 'Updates of several weeks in a row are not the same text with another date.',
  why: 'An update that is last week’s with a new date keeps the calendar quiet and tells no one anything. Where nothing changed, saying so takes two words.',
  messages: {
    copied: {
      text: 'The updates since {first} are the same text but for dates and numbers, {weeks} in a row.',
      hint: 'Say what was done since then; where nothing changed, {nothing} alone is an honest update.',
    },
  },
  options: z.strictObject({
    weeks: z
      .int()
      .min(2)
      .max(13)
      .default(3)
      .describe('How many updates in a row with the same text are reported.'),
  }),
  defaultSeverity: 'warning',
  offAtFirst: true,
  needs: ['timeline'],
  fields: ['update'],
  examples: [
    {
      shows: 'another text each week',
      markdown: [],
      comments: [
        updateOf('2026-11-06', '2026-11-02', 10, 'Rules of the early shift'),
        updateOf('2026-11-13', '2026-11-09', 20, 'Rules of the late shift'),
        updateOf('2026-11-20', '2026-11-16', 30, 'Rules of the night'),
      ],
      reports: [],
    },
    {
      shows: 'the same text three weeks in a row',
      markdown: [],
      comments: [
        updateOf('2026-11-06', '2026-11-02', 10),
        updateOf('2026-11-13', '2026-11-09', 20),
        updateOf('2026-11-20', '2026-11-16', 30),
      ],
      reports: ['copied'],
    },
  ],
  *check(_document, { weeks }, { timeline }) {
    if (timeline === undefined) return;
    const written = weeklySeries(timeline).filter(({ isNoChange }) => !isNoChange);
    const newest = written.at(-1);
    if (newest === undefined) return;
    const text = wordsAlone(newest.body);
    const firstOther = written.findLastIndex(({ body }) => wordsAlone(body) !== text);
    const same = written.slice(firstOther + 1);
    const [first] = same;
    if (text === '' || first === undefined || same.length < weeks) return;
    yield {
      message: 'copied',
      data: { first: ofWeek(first), weeks: same.length, nothing: typed('no change') },
      place: null,
      subject: { part: 'section', name: 'update' },
      people: [newest.author],
      noteId: newest.noteId,
    };
  },
});
