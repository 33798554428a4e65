import type { DocumentKind } from '../../model/document.ts';
import type { RuleExample } from '../rule.ts';
import { checkIn, milestoneList, okr, weeklyUpdate } from './example-texts.ts';
import { planText } from './plan-pages.ts';

/** The examples of `no-leftovers`, kind by kind. */
export const leftoverExamples: Partial<Record<DocumentKind, readonly RuleExample[]>> = {
  kr: [
    {
      shows: 'nothing left',
      markdown: [
        '## Ally OKR: https://app.ally.io/objectives/20417',
        '## Objective:',
        'Calm nights.',
        ...milestoneList({}),
      ],
      reports: [],
    },
    {
      shows: 'the `etc.` below the milestones',
      markdown: [...milestoneList({}), '- etc.'],
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
      markdown: milestoneList({ due: '`add here`', dri: '`add here`' }),
      reports: ['placeholders'],
    },
    {
      shows: 'a word of the template in a sentence of one’s own',
      markdown: ['## Objective:', 'We add here a siren for the yard.'],
      reports: [],
    },
  ],
  'weekly-update': [
    {
      shows: 'nothing left',
      markdown: weeklyUpdate(),
      reports: [],
    },
    {
      shows: 'the note of the template next to the status',
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
  okr: [
    {
      shows: 'nothing left',
      markdown: okr(),
      reports: [],
    },
    {
      shows: 'the question before the answer',
      markdown: okr({ budget: '`Any budget required to execute this OKR?` None.' }),
      reports: ['beside-text'],
    },
    {
      shows: 'the question above the answer',
      markdown: okr({ budget: ['`Any budget required to execute this OKR?`', '', 'None.'] }),
      reports: ['instruction'],
    },
    {
      shows: 'a question without an answer',
      markdown: okr({ budget: '`Any budget required to execute this OKR?`' }),
      reports: ['placeholders'],
    },
  ],
  'check-in': [
    {
      shows: 'nothing left',
      markdown: checkIn(),
      reports: [],
    },
    {
      shows: 'the question before the answer',
      markdown: checkIn({ accomplished: '`What did you accomplish this week?` The night rota is agreed.' }),
      reports: ['beside-text'],
    },
    {
      shows: 'the question above the answer',
      markdown: checkIn({
        accomplished: ['`What did you accomplish this week?`', '', 'The night rota is agreed.'],
      }),
      reports: ['instruction'],
    },
    {
      shows: 'a question without an answer',
      markdown: checkIn({ nextSteps: '`What will you work on next week?`' }),
      reports: ['placeholders'],
    },
  ],
  plan: [
    {
      shows: 'nothing left',
      markdown: planText('Epic: https://gitlab.com/groups/acme-sec/-/epics/31'),
      reports: [],
    },
    {
      shows: 'the question above the answer',
      markdown: [
        '# Known Devices',
        '',
        '`What is planned and why?`',
        '',
        'Only known devices reach the build servers.',
      ],
      reports: ['instruction'],
    },
    {
      shows: 'the question before the answer',
      markdown: [
        '# Known Devices',
        '',
        '`What is planned and why?` Only known devices reach the build servers.',
      ],
      reports: ['beside-text'],
    },
  ],
};
