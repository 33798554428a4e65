import { weeklyUpdate } from './shared/example-texts.ts';
import { leftoverRule } from './shared/leftover-rule.ts';

export const noUpdateLeftovers = leftoverRule({
  id: 'no-update-leftovers',
  kind: 'weekly-update',
  description: 'Instructions and placeholders of the template are gone from the update.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
  examples: [
    {
      shows: 'nothing left',
      markdown: weeklyUpdate(),
      reports: [],
    },
    {
      shows: 'the note of the template beside the status',
      markdown: weeklyUpdate({
        status: 'On Track (Leave the relevant status, remove the rest and this note)',
      }),
      reports: ['beside-text'],
    },
    {
      shows: 'a line of the template above the items',
      markdown: weeklyUpdate({
        completed: ['* (List of what tasks were completed since last update)', '* Alarm rules reviewed'],
      }),
      reports: ['instruction'],
    },
    {
      shows: 'placeholders not filled in',
      markdown: weeklyUpdate({ week: 'YYYY-MM-DD', percent: 'XX%' }),
      reports: ['placeholders'],
    },
  ],
});
