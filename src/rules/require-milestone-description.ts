import { z } from 'zod';
import { defineRule } from './rule.ts';
import { milestoneList } from './shared/example-texts.ts';
import { intoField, milestonesIn, named, statesOption } from './shared/milestones.ts';
import { isShorter, plain, quote } from './shared/words.ts';

export const requireMilestoneDescription = defineRule({
  id: 'require-milestone-description',
  kind: 'kr',
  description: 'Every milestone says what will be done.',
  why: 'A date and a name say when and who. Only the description lets someone else tell whether the milestone has been reached.',
  messages: {
    missing: { text: '{milestone}: the description is missing.', hint: 'Say what will be done: {example}.' },
    placeholder: {
      text: '{milestone}: the description is still a placeholder.',
      hint: 'Say what will be done: {example}.',
    },
    'too-short': {
      text: '{milestone}: the description says very little: {found}.',
      hint: 'Say what will be done, in at least {min} characters.',
    },
  },
  options: z.strictObject({
    states: statesOption,
    'min-length': z
      .int()
      .min(0)
      .default(0)
      .describe('How many characters a description must have at least; 0: any will do.'),
  }),
  defaultSeverity: 'error',
  fields: ['description'],
  asksFor: 'description',
  examples: [
    {
      shows: 'a milestone that says what will be done',
      markdown: milestoneList({}),
      reports: [],
    },
    {
      shows: 'no words between the label and the date',
      markdown: milestoneList({ description: '' }),
      reports: ['missing'],
    },
    {
      shows: 'the words of the template',
      markdown: milestoneList({ description: '`add here`' }),
      reports: ['placeholder'],
    },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 20 },
      markdown: milestoneList({ description: 'Policy' }),
      reports: ['too-short'],
    },
  ],
  *check(document, { states, 'min-length': min }, { template }) {
    const field = { id: 'description', name: plain(template.nameOf('description')) } as const;
    for (const one of milestonesIn(document, states)) {
      const { milestone } = one;
      const { description, descriptionProblem: problem } = milestone;
      if (problem === null && !isShorter(description, min)) continue;
      const { name, subject, people } = named(one);
      const proposals = [{ field: 'description', value: null }];
      const where = { place: milestone.descriptionPlace ?? milestone.place, subject, people, proposals };
      const example = intoField(milestone, field, 'what will be done');
      const data = { milestone: name, found: quote(description), example, min };
      if (problem === 'placeholder') yield { message: 'placeholder', data, ...where };
      else if (problem !== null) yield { message: 'missing', data, ...where };
      else yield { message: 'too-short', data, ...where };
    }
  },
});
