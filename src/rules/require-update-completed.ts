import { weeklyUpdate } from './shared/example-texts.ts';
import { textFieldRule } from './shared/text-field-rule.ts';

export const requireUpdateCompleted = textFieldRule({
  id: 'require-update-completed',
  kind: 'weekly-update',
  description: 'The update says what was completed.',
  why: 'What was done is the part people read. An empty list looks like an empty week, even when it was not; “None this week” is an answer too.',
  field: 'completed',
  ask: 'what was done since the last update, or that nothing was',
  examples: [
    {
      shows: 'a list',
      markdown: weeklyUpdate({ completed: '* Alarm rules reviewed' }),
      reports: [],
    },
    {
      shows: 'an answer that there is nothing',
      markdown: weeklyUpdate({ completed: 'None this week.' }),
      reports: [],
    },
    {
      shows: 'the words of the template',
      markdown: weeklyUpdate({ completed: '* (List of what tasks were completed since last update)' }),
      reports: ['placeholder'],
    },
    {
      shows: 'a heading with nothing beneath it',
      markdown: weeklyUpdate({ completed: '' }),
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
      markdown: weeklyUpdate({ completed: '* Rota' }),
      reports: ['too-short'],
    },
  ],
  read: (document) => document.completed,
});
