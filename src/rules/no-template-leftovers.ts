import { leftoverRule } from './shared/leftover-rule.ts';

export const noTemplateLeftovers = leftoverRule({
  id: 'no-template-leftovers',
  kind: 'kr',
  description: 'Instructions, `etc.` and placeholders of the template are gone from the text.',
  why: 'Instructions are for the writer. Left in, they make a finished KR look unfinished, and readers skip over the words that matter.',
  examples: [
    {
      shows: 'nothing left',
      markdown: [
        '## Ally OKR: https://app.ally.io/objectives/20417',
        '## Objective:',
        'Calm nights.',
        '## Milestones',
        '- [ ] Milestone 1: Description: Alarm rules reviewed with both shifts Due Date: 2026-12-11 DRI: @maya.o',
      ],
      reports: [],
    },
    {
      shows: 'the `etc.` below the milestones',
      markdown: [
        '## Milestones',
        '- [ ] Milestone 1: Description: Alarm rules reviewed with both shifts Due Date: 2026-12-11 DRI: @maya.o',
        '- etc.',
      ],
      reports: ['instruction'],
    },
    {
      shows: 'the question before the answer',
      markdown: [
        '## Objective:',
        '`what is the desired outcome of this KR? How will you measure success?` Calm nights.',
      ],
      reports: ['beside-text'],
    },
    {
      shows: 'placeholders not filled in',
      markdown: [
        '## Milestones',
        '- [ ] Milestone 1: Description: Alarm rules reviewed with both shifts Due Date: `add here` DRI: `add here`',
      ],
      reports: ['placeholders'],
    },
    {
      shows: 'a word of the template in a sentence of one’s own',
      markdown: ['## Objective:', 'We add here a siren for the yard.'],
      reports: [],
    },
  ],
});
