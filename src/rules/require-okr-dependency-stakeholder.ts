import { z } from 'zod';
import { defineRule } from './rule.ts';
import { okr } from './shared/example-texts.ts';
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
      markdown: okr({ dependencies: '* [ ] A second alarm channel (@iris-v)' }),
      reports: [],
    },
    {
      shows: 'no one is mentioned',
      markdown: okr({ dependencies: '* [ ] A second alarm channel' }),
      reports: ['no-stakeholder'],
    },
    {
      shows: 'an untouched line of the template',
      markdown: okr({ dependencies: '* [ ] `dependency description` (tag stakeholder)' }),
      reports: ['untouched'],
    },
    {
      shows: 'no dependencies',
      markdown: okr({ dependencies: 'None' }),
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
