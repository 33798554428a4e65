import { ourRules as rules } from '../../src/config/our-rules.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { testRule } from './helpers.ts';

const noTemplateLeftovers = rules.find(({ id }) => id === 'no-template-leftovers') as Rule;

testRule(noTemplateLeftovers, [
  {
    shows: 'instructions and placeholders, in words',
    markdown: [
      '## Ally OKR: `link to Ally OKR record`',
      '## Objective:',
      'Fewer leaks.',
      '## Milestones',
      '- [ ] Milestone 1: Description: `add here` Due Date: `add here` DRI: `add here`',
      '- etc.',
    ],
    reports: ['instruction', 'placeholders'],
    says: [
      'A line of the template is still in the text: “etc.”. Delete the line.',
      'Placeholders of the template are still in the text (4 places): “link to Ally OKR record” and “add here”. Put in what they stand for, or delete the line if it is not needed.',
    ],
  },
  {
    shows: 'placeholders, where only whole lines are minded',
    options: { placeholders: false },
    markdown: [
      '## Milestones',
      '- [ ] Milestone 1: Description: `add here` Due Date: `add here` DRI: `add here`',
    ],
    reports: [],
  },
  {
    shows: 'a text that may stay',
    options: { ignore: ['ETC.'] },
    markdown: ['## Milestones', '- [ ] Milestone 1: Description: A Due Date: 2026-12-08 DRI: @bo', '- etc.'],
    reports: [],
  },
]);
