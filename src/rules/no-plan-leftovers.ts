import { leftoverRule } from './shared/leftover-rule.ts';

export const noPlanLeftovers = leftoverRule({
  id: 'no-plan-leftovers',
  kind: 'plan',
  description: 'Instructions and placeholders of the template are gone from the plan.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
  examples: [
    {
      shows: 'nothing left',
      markdown: [
        '# Known Devices',
        '',
        'Only known devices reach the build servers.',
        '',
        'Epic: https://gitlab.com/groups/acme-sec/-/epics/31',
      ],
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
});
