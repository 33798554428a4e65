import { z } from 'zod';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day such as `2026-12-04`');
const username = z.string().regex(/^@?[\w.-]+$/, 'a user name');

const expectedFinding = z.union([
  z.string().min(1).describe('The rule that should report something.'),
  z.strictObject({
    rule: z.string().min(1).describe('The rule that should report something.'),
    message: z.string().optional().describe('Words that must be in the message.'),
    line: z.int().min(1).optional().describe('The line of the text it should point at.'),
    severity: z.enum(['info', 'warning', 'error']).optional().describe('The severity it should have.'),
  }),
]);

/** A text with the findings it should have. */
export const exampleSchema = z
  .strictObject({
    name: z.string().min(1).max(200).describe('What the example shows.'),
    title: z.string().max(1000).optional().describe('Title of the issue.'),
    now: z
      .string()
      .regex(
        /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/,
        'a time such as `2026-11-23T09:00:00Z`, or a day',
      )
      .optional()
      .describe('The present moment of the example.'),
    issue: z
      .strictObject({
        'due-date': day.nullable().optional().describe('Due date of the issue; null: none.'),
        assignees: z.array(username).optional().describe('User names of the assignees.'),
        labels: z.array(z.string()).optional().describe('Labels of the issue.'),
        author: username.optional().describe('User name of who opened the issue.'),
        'created-at': z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}/, 'a day or a time')
          .optional()
          .describe('When the issue was opened.'),
        confidential: z.boolean().optional().describe('Whether the issue is confidential.'),
        milestone: z.string().nullable().optional().describe('GitLab milestone of the issue; null: none.'),
        project: z.string().optional().describe('Path of the project.'),
        members: z.array(username).optional().describe('User names of the members of the project.'),
      })
      .optional()
      .describe('What is known of the issue; rules that need more are skipped.'),
    markdown: z.string().max(100_000).describe('The description of the issue (or the comment, the page).'),
    rules: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('Look only at these rules; all when not said.'),
    findings: z.array(expectedFinding).default([]).describe('What should be found; empty: nothing.'),
  })
  .describe('A text with the findings it should have.');

export type RuleExample = z.output<typeof exampleSchema>;

/** `kr.test.yml` next to `kr.yml`: examples in a file of their own. */
export const testFileSchema = z
  .strictObject({
    examples: z.array(exampleSchema).max(500).describe('Texts with the findings they should have.'),
  })
  .describe('Examples for the rules of one kind; `kr-hygiene rules test` runs them.');
