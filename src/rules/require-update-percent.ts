import { z } from 'zod';
import { defineRule } from './rule.ts';
import { weeklyUpdate } from './shared/example-texts.ts';
import { plain, quote, typed } from './shared/words.ts';

export const requireUpdatePercent = defineRule({
  id: 'require-update-percent',
  kind: 'weekly-update',
  description: 'The update says how far the KR is, from 0 to 100 percent.',
  why: 'A number that goes up week by week, or does not, is the shortest honest story of a quarter.',
  messages: {
    missing: { text: 'The percentage is missing.', hint: 'Write {example}, with your own number.' },
    placeholder: {
      text: 'The percentage is still a placeholder: {found}.',
      hint: 'Write {example}, with your own number.',
    },
    'not-a-number': {
      text: 'The percentage {found} is not one number.',
      hint: 'Write a number from 0 to 100: {example}.',
    },
    'out-of-range': {
      text: 'The percentage {found} is not between 0 and 100.',
      hint: 'Write a number from 0 to 100: {example}.',
    },
  },
  options: z.strictObject({}),
  defaultSeverity: 'error',
  fields: ['percent'],
  asksFor: 'percent-complete',
  examples: [
    {
      shows: 'a number',
      markdown: weeklyUpdate({ percent: '45%' }),
      reports: [],
    },
    {
      shows: 'the words of the template',
      markdown: weeklyUpdate({ percent: 'XX%' }),
      reports: ['placeholder'],
    },
    {
      shows: 'no percentage',
      markdown: ['## Weekly KR Update for the week of 2026-11-16', 'Status: On Track'],
      reports: ['missing'],
    },
    {
      shows: 'words',
      markdown: weeklyUpdate({ percent: 'almost done' }),
      reports: ['not-a-number'],
    },
    {
      shows: 'more than there is',
      markdown: weeklyUpdate({ percent: '120%' }),
      reports: ['out-of-range'],
    },
  ],
  *check({ percentComplete }, _options, { template }) {
    if (percentComplete.problem === null) return;
    const name = plain(template.nameOf('percent-complete'));
    yield {
      message: percentComplete.problem,
      data: { found: quote(percentComplete.raw), example: typed(`${name}: 45%`) },
      place: percentComplete.place ?? null,
      subject: { part: 'section', name },
    };
  },
});
