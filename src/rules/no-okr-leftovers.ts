import { leftoverRule } from './shared/leftover-rule.ts';

export const noOkrLeftovers = leftoverRule({
  id: 'no-okr-leftovers',
  kind: 'okr',
  description: 'Instructions and placeholders of the template are gone from the OKR.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
  examples: [
    {
      shows: 'nothing left',
      markdown: [
        '## Objective:',
        'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
        '### Security Roadmap:',
        'Alerting, year two',
        '### Dependencies:',
        '* [ ] A second alarm channel (@iris-v)',
        '## Budget:',
        'None',
      ],
      reports: [],
    },
    {
      shows: 'the question before the answer',
      markdown: [
        '## Objective:',
        'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
        '### Security Roadmap:',
        'Alerting, year two',
        '### Dependencies:',
        '* [ ] A second alarm channel (@iris-v)',
        '## Budget:',
        '`Any budget required to execute this OKR?` None.',
      ],
      reports: ['beside-text'],
    },
    {
      shows: 'the question above the answer',
      markdown: [
        '## Objective:',
        'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
        '### Security Roadmap:',
        'Alerting, year two',
        '### Dependencies:',
        '* [ ] A second alarm channel (@iris-v)',
        '## Budget:',
        '`Any budget required to execute this OKR?`',
        '',
        'None.',
      ],
      reports: ['instruction'],
    },
    {
      shows: 'a question without an answer',
      markdown: [
        '## Objective:',
        'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
        '### Security Roadmap:',
        'Alerting, year two',
        '### Dependencies:',
        '* [ ] A second alarm channel (@iris-v)',
        '## Budget:',
        '`Any budget required to execute this OKR?`',
      ],
      reports: ['placeholders'],
    },
  ],
});
