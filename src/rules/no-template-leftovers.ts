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
        '## Ally OKR: https://app.ally.io/objectives/3104417',
        '## Objective:',
        'Fewer leaks.',
        '## Milestones',
        '- [ ] Milestone 1: Description: Push protection enabled for all projects Due Date: 2026-12-11 DRI: @akiko.s',
      ],
      reports: [],
    },
    {
      shows: 'the `etc.` below the milestones',
      markdown: [
        '## Milestones',
        '- [ ] Milestone 1: Description: Push protection enabled for all projects Due Date: 2026-12-11 DRI: @akiko.s',
        '- etc.',
      ],
      reports: ['instruction'],
    },
    {
      shows: 'the question before the answer',
      markdown: [
        '## Objective:',
        '`what is the desired outcome of this KR? How will you measure success?` Fewer leaks.',
      ],
      reports: ['beside-text'],
    },
    {
      shows: 'placeholders not filled in',
      markdown: [
        '## Milestones',
        '- [ ] Milestone 1: Description: Push protection enabled for all projects Due Date: `add here` DRI: `add here`',
      ],
      reports: ['placeholders'],
    },
    {
      shows: 'a word of the template in a sentence of one’s own',
      markdown: ['## Objective:', 'We add here the missing scanner.'],
      reports: [],
    },
  ],
});
