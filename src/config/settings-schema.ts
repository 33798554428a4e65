import { z } from 'zod';
import { calendarSchema } from './calendar-schema.ts';
import { commentSchema } from './comment-schema.ts';
import { limitsSchema } from './limits-schema.ts';
import { ageSchema, extendsSchema, labelSchema, labelsSchema, projectOrGroup } from './name-schemas.ts';
import { patternSchema } from './patterns.ts';
import { plansSchema } from './plans-schema.ts';
import { answersSchema, remindersSchema, userNamesSchema } from './reminder-schema.ts';

const source = z
  .union([
    z.strictObject({ project: projectOrGroup.describe('One project: its path, or its numeric id.') }),
    z.strictObject({
      group: projectOrGroup.describe('A group with all its subgroups and projects: path or numeric id.'),
    }),
  ])
  .describe('A project, or a group with everything in it.');

const select = z
  .strictObject({
    labels: labelsSchema.default(['KR']).describe('Only issues that carry all of these labels.'),
    'without-labels': labelsSchema.default([]).describe('Never issues that carry one of these labels.'),
    title: patternSchema
      .nullable()
      .default(null)
      .describe('Only issues whose title matches this pattern (RE2); null: any title.'),
    milestone: z
      .string()
      .min(1)
      .max(255)
      .refine(
        (name) => !/^#?(upcoming|started)$/i.test(name),
        'the title of one GitLab milestone, `None` or `Any`',
      )
      .nullable()
      .default(null)
      .describe(
        'Only issues in the GitLab milestone of this title; `None`: in no milestone; `Any`: in one; null: any or none.',
      ),
    state: z
      .enum(['opened', 'closed', 'all'])
      .default('opened')
      .describe('Open issues, closed ones, or both.'),
    'issue-type': z
      .enum(['issue', 'incident', 'test_case', 'requirement', 'task', 'ticket'])
      .default('issue')
      .describe("GitLab's type of issue."),
    confidential: z
      .boolean()
      .nullable()
      .default(null)
      .describe('true: only confidential issues; false: none of them; null: both.'),
    age: ageSchema.nullable().default(null).describe('Only issues opened this many days ago; null: any.'),
  })
  .superRefine(
    (value, context) => {
      const { labels: wanted, 'without-labels': barred } = value;
      if (!Array.isArray(wanted) || !Array.isArray(barred)) return;
      for (const [index, label] of barred.entries()) {
        if (!wanted.includes(label)) continue;
        context.addIssue({
          code: 'custom',
          path: ['without-labels', index],
          params: { alongside: ['labels', 'without-labels'], depth: 2, value: label },
          message: 'a label that is not under `labels` too: no issue both carries it and does not',
        });
      }
    },
    { when: ({ value }) => value !== null && typeof value === 'object' },
  )
  .describe('Which issues are Key Results. All conditions together.');

const people = z
  .strictObject({
    groups: z
      .array(
        z
          .string()
          .min(1)
          .max(255)
          .regex(/^[^@\s]+$/, 'a group path without `@`'),
      )
      .max(500)
      .default([])
      .describe('Groups that must not be taken for people, without `@`: a DRI is one person.'),
  })
  .describe('Who is a person.');

const labels = z
  .strictObject({
    'needs-attention': labelSchema
      .nullable()
      .default('kr-hygiene::needs-attention')
      .describe('Label of issues with findings of severity error or warning; null: set none.'),
    ok: labelSchema
      .nullable()
      .default('kr-hygiene::ok')
      .describe('Label of issues without such findings; null: set none.'),
    escalated: labelSchema
      .nullable()
      .default('kr-hygiene::escalated')
      .describe(
        'Label of issues with which those under `reminders.escalate-to` were asked to help; null: set none.',
      ),
    former: labelsSchema
      .default([])
      .describe('Names that these labels had earlier; they are taken off where they are found.'),
  })
  .refine((value) => value.ok === null || value.ok !== value['needs-attention'], {
    path: ['ok'],
    when: ({ issues }) => issues.length === 0,
    error: 'another label than the one under `needs-attention`',
  })
  .refine(
    ({ escalated, ok, ...others }) =>
      escalated === null || ![ok, others['needs-attention']].includes(escalated),
    {
      path: ['escalated'],
      when: ({ issues }) => issues.length === 0,
      error: 'another label than those under `needs-attention` and `ok`',
    },
  )
  .refine(({ former, ...now }) => !former.some((name) => Object.values(now).includes(name)), {
    path: ['former'],
    when: ({ issues }) => issues.length === 0,
    error: 'names that none of the labels has now',
  })
  .describe('The labels the bot keeps on each Key Result.');

const okrs = z
  .strictObject({
    select: z
      .strictObject({
        labels: labelsSchema.default([]).describe('Only issues that carry all of these labels.'),
        'without-labels': labelsSchema.default([]).describe('Never issues that carry one of these labels.'),
      })
      .describe('Which issues are OKR descriptions. All conditions together.'),
  })
  .nullable()
  .describe('Issues that describe an OKR, with check-ins in their comments; null: there are none.');

const dashboard = z
  .strictObject({
    quarters: z
      .int()
      .min(0)
      .max(40)
      .default(2)
      .describe('Closed KRs of this many quarters, the current one included, are read too; 0: none.'),
  })
  .describe('What the dashboard shows.');

const digest = z
  .strictObject({
    project: projectOrGroup
      .nullable()
      .default(null)
      .describe("The project in which the quarter's digest issue is kept; null: there is none."),
  })
  .describe('The digest of a quarter, an issue that the bot keeps.');

/** `policy.yml`: everything but the rules. Each field has a default, so that a file may say only what differs. */
export const policyFileSchema = z
  .strictObject({
    extends: extendsSchema,
    sources: z
      .array(source)
      .max(500)
      .nullable()
      .default([])
      .describe('Where to look for Key Results; empty: the project whose pipeline runs.'),
    select: select.prefault({}),
    calendar: calendarSchema.prefault({}),
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'a language code such as `de`'))
      .max(50)
      .nullable()
      .default(null)
      .describe('The languages of your texts, as `[en, de]`: files of words/. null: all there are.'),
    people: people.prefault({}),
    labels: labels.prefault({}),
    comment: commentSchema.prefault({}),
    limits: limitsSchema.prefault({}),
    id: z
      .string()
      .max(40)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters, digits and hyphens')
      .default('default')
      .describe(
        'The name of this policy. Two policies with one token, on the same issues, keep comments of their own if their ids differ.',
      ),
    'former-bots': userNamesSchema
      .default([])
      .describe(
        'User names of the bot under earlier tokens, without `@`: their comments are looked after too.',
      ),
    reminders: remindersSchema.prefault({}),
    fix: z
      .array(z.enum(['match-issue-due-date', 'require-overall-dri', 'no-template-leftovers']))
      .default([])
      .describe(
        'What the bot itself may put right: the due date of the issue, its assignee, leftovers of the template in its text.',
      ),
    answers: answersSchema.prefault({}),
    dashboard: dashboard.prefault({}),
    digest: digest.prefault({}),
    plans: plansSchema.prefault({}),
    okrs: okrs.default(null),
  })
  .describe('Which issues are Key Results, and how the bot behaves.');

export type PolicyFile = z.output<typeof policyFileSchema>;
