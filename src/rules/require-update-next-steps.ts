import { weeklyUpdate } from './shared/example-texts.ts';
import { textFieldRule } from './shared/text-field-rule.ts';

export const requireUpdateNextSteps = textFieldRule({
  id: 'require-update-next-steps',
  kind: 'weekly-update',
  description: 'The update says what comes next.',
  why: 'The next steps are what others can plan with, and what the next update can be held against.',
  field: 'next-steps',
  ask: 'what will happen in the next one or two weeks',
  examples: [
    {
      shows: 'a list',
      markdown: weeklyUpdate({ nextSteps: '* Agree on the rota' }),
      reports: [],
    },
    {
      shows: 'an answer that there is nothing',
      markdown: weeklyUpdate({ nextSteps: 'None this week.' }),
      reports: [],
    },
    {
      shows: 'the words of the template',
      markdown: weeklyUpdate({ nextSteps: '* (List of what needs to happen in the next 1-2 weeks)' }),
      reports: ['placeholder'],
    },
    {
      shows: 'a heading with nothing beneath it',
      markdown: weeklyUpdate({ nextSteps: '' }),
      reports: ['empty'],
    },
    {
      shows: 'no such section',
      markdown: weeklyUpdate({ completed: null, nextSteps: null }),
      reports: ['missing'],
    },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 20 },
      markdown: weeklyUpdate({ nextSteps: '* Rota' }),
      reports: ['too-short'],
    },
  ],
  read: (document) => document.nextSteps,
});
