import { z } from 'zod';
import { defineRule } from './rule.ts';
import { planText } from './shared/plan-pages.ts';
import { isShorter, quote, typed } from './shared/words.ts';

export const requirePlanTitle = defineRule({
  id: 'require-plan-title',
  kind: 'plan',
  description: 'The plan has a title.',
  why: 'The title is what a plan is found and referred to by.',
  messages: {
    missing: {
      text: 'The plan has no title.',
      hint: 'Begin the page with a heading, such as {example}, or put a title into its front matter.',
    },
    placeholder: {
      text: 'The title of the plan is still the template’s: {found}.',
      hint: 'Write your own, such as {example}.',
    },
    'too-short': {
      text: 'The title of the plan says very little: {found}.',
      hint: 'Write at least {min} characters.',
    },
  },
  options: z.strictObject({
    'min-length': z
      .int()
      .min(0)
      .default(0)
      .describe('How many characters the title must have at least; 0: any will do.'),
  }),
  defaultSeverity: 'error',
  examples: [
    {
      shows: 'a heading',
      markdown: planText(),
      reports: [],
    },
    {
      shows: 'a title in the front matter',
      markdown: ['---', 'title: Known Devices', '---', '', 'Only known devices reach the build servers.'],
      reports: [],
    },
    { shows: 'no title', markdown: ['Only known devices reach the build servers.'], reports: ['missing'] },
    {
      shows: 'the title of the template',
      markdown: [
        '---',
        'title: "Title of the plan"',
        '---',
        '',
        'Only known devices reach the build servers.',
      ],
      reports: ['placeholder'],
    },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 10 },
      markdown: ['# Devices'],
      reports: ['too-short'],
    },
  ],
  *check({ title }, { 'min-length': min }) {
    const where = { place: title.place, subject: { part: 'title' } } as const;
    const data = { found: quote(title.text), example: typed('# Known devices'), min };
    if (title.problem === 'placeholder') yield { message: 'placeholder', data, ...where };
    else if (title.problem !== null) yield { message: 'missing', data, ...where };
    else if (isShorter(title.text, min)) yield { message: 'too-short', data, ...where };
  },
});
