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
        'Attackers who get one credential get no further; six systems are in reach today, one at the end.',
        '### Security Roadmap:',
        'Zero trust, second half',
        '### Dependencies:',
        '* [ ] Proxy capacity in two regions (@kofi.m)',
        '## Budget:',
        'None',
      ],
      reports: [],
    },
    {
      shows: 'the question before the answer',
      markdown: [
        '## Objective:',
        'Attackers who get one credential get no further; six systems are in reach today, one at the end.',
        '### Security Roadmap:',
        'Zero trust, second half',
        '### Dependencies:',
        '* [ ] Proxy capacity in two regions (@kofi.m)',
        '## Budget:',
        '`Any budget required to execute this OKR?` None.',
      ],
      reports: ['beside-text'],
    },
    {
      shows: 'the question above the answer',
      markdown: [
        '## Objective:',
        'Attackers who get one credential get no further; six systems are in reach today, one at the end.',
        '### Security Roadmap:',
        'Zero trust, second half',
        '### Dependencies:',
        '* [ ] Proxy capacity in two regions (@kofi.m)',
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
        'Attackers who get one credential get no further; six systems are in reach today, one at the end.',
        '### Security Roadmap:',
        'Zero trust, second half',
        '### Dependencies:',
        '* [ ] Proxy capacity in two regions (@kofi.m)',
        '## Budget:',
        '`Any budget required to execute this OKR?`',
      ],
      reports: ['placeholders'],
    },
  ],
});
