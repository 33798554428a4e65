import { z } from 'zod';
import { defineRule } from './rule.ts';
import { statesOption } from './shared/milestones.ts';
import { quote, typed } from './shared/words.ts';

export const requireOkrDependencyStakeholder = defineRule({
  id: 'require-okr-dependency-stakeholder',
  kind: 'okr',
  description: 'Every dependency says what is needed and mentions the stakeholder.',
  why: 'A dependency that the other side has never heard of is a surprise waiting for the end of the quarter. The mention is what tells them.',
  messages: {
    'no-stakeholder': {
      text: 'The dependency {found} mentions no stakeholder.',
      hint: 'Put the person’s GitLab user name behind it: {example}.',
    },
    untouched: {
      text: 'A dependency is still a line of the template.',
      hint: 'Say what is needed and from whom, or delete the line.',
    },
  },
  options: z.strictObject({ states: statesOption }),
  defaultSeverity: 'error',
  asksFor: 'dependencies',
  examples: [
    {
      shows: 'a stakeholder is mentioned',
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
      shows: 'nobody is mentioned',
      markdown: [
        '## Objective:',
        'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
        '### Security Roadmap:',
        'Alerting, year two',
        '### Dependencies:',
        '* [ ] A second alarm channel',
        '## Budget:',
        'None',
      ],
      reports: ['no-stakeholder'],
    },
    {
      shows: 'an untouched line of the template',
      markdown: [
        '## Objective:',
        'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
        '### Security Roadmap:',
        'Alerting, year two',
        '### Dependencies:',
        '* [ ] `dependency description` (tag stakeholder)',
        '## Budget:',
        'None',
      ],
      reports: ['untouched'],
    },
    {
      shows: 'no dependencies',
      markdown: [
        '## Objective:',
        'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
        '### Security Roadmap:',
        'Alerting, year two',
        '### Dependencies:',
        'None',
        '## Budget:',
        'None',
      ],
      reports: [],
    },
  ],
  *check(document, { states }, { template }) {
    const subject = { part: 'section', name: 'Dependencies' } as const;
    for (const { description, stakeholders, state, place } of document.dependencies) {
      if (!states.includes(state)) continue;
      const found = quote(description);
      if (description.trim() === '' || template.isTemplateText(description)) {
        yield { message: 'untouched', place, subject, people: stakeholders };
      } else if (stakeholders.length === 0) {
        yield { message: 'no-stakeholder', data: { found, example: typed('(@username)') }, place, subject };
      }
    }
  },
});
