import { z } from 'zod';
import { counted } from '../text/words.ts';
import { defineRule } from './rule.ts';
import { milestoneList } from './shared/example-texts.ts';
import { inComment } from './shared/hidden.ts';
import { inOrder } from './shared/in-order.ts';
import { plain, typed } from './shared/words.ts';

export const requireMilestones = defineRule({
  id: 'require-milestones',
  kind: 'kr',
  description: 'The KR has a list of milestones.',
  why: 'Milestones are how a KR is followed during the quarter. Without them the first sign of trouble is the end of the quarter.',
  messages: {
    missing: {
      text: 'The section “{name}” is missing{comment}.',
      hint: 'Add {heading} and a line for each step, such as {line}.',
    },
    empty: {
      text: 'The section “{name}” holds no milestone{comment}.',
      hint: 'Add a line for each step, such as {line}.',
    },
    'too-few': {
      text: 'The section “{name}” holds {count}; at least {min} wanted.',
      hint: 'Split the work into smaller steps, each with its own date.',
    },
    'too-many': {
      text: 'The section “{name}” holds {count}; at most {max} wanted.',
      hint: 'Join small steps, or make a KR of its own of a part.',
    },
  },
  options: inOrder(
    z.strictObject({
      min: z.int().min(1).default(1).describe('How many milestones there must be at least.'),
      max: z
        .int()
        .min(1)
        .nullable()
        .default(null)
        .describe('How many milestones there may be at most; null: any number.'),
    }),
    'min',
    'max',
  ),
  defaultSeverity: 'error',
  fields: ['milestones'],
  asksFor: 'milestones',
  examples: [
    {
      shows: 'a list of milestones',
      markdown: milestoneList({}),
      reports: [],
    },
    { shows: 'no such section', markdown: ['## Objective:', 'Calm nights.'], reports: ['missing'] },
    {
      shows: 'a heading with nothing beneath it',
      markdown: ['## Milestones', '', '## Notes', 'Still to be planned.'],
      reports: ['empty'],
    },
    {
      shows: 'fewer than the team wants',
      options: { min: 2 },
      markdown: milestoneList({}),
      reports: ['too-few'],
    },
    {
      shows: 'more than the team wants',
      options: { max: 1 },
      markdown: milestoneList({}, { due: '2026-12-18' }),
      reports: ['too-many'],
    },
  ],
  *check({ milestones, milestonesPlace, milestonesHidden }, { min, max }, context) {
    const { template } = context;
    const name = plain(template.nameOf('milestones'));
    const where = {
      place: milestonesPlace ?? milestonesHidden?.place ?? null,
      subject: { part: 'section', name },
    } as const;
    if (milestones.length === 0) {
      const comment = inComment(milestonesHidden);
      const line = typed(
        template.milestoneLine({
          state: 'open',
          label: null,
          description: 'What will be done',
          dueDate: 'YYYY-MM-DD',
          dri: '@username',
        }),
      );
      const heading = typed((template.headingOf('milestones') ?? `## ${name}`).trimEnd());
      yield milestonesPlace
        ? { message: 'empty', data: { name, line, comment }, ...where }
        : { message: 'missing', data: { name, line, heading, comment }, ...where };
    } else if (milestones.length < min) {
      yield {
        message: 'too-few',
        data: { name, count: counted(milestones.length, 'milestone'), min },
        ...where,
      };
    } else if (max !== null && milestones.length > max) {
      yield {
        message: 'too-many',
        data: { name, count: counted(milestones.length, 'milestone'), max },
        ...where,
      };
    }
  },
});
