import { z } from 'zod';

export const plansSchema = z
  .strictObject({
    'site-root': z
      .string()
      .min(1)
      .max(1000)
      .regex(/^[^\s<>"]+$/, 'an address or path without blanks')
      .nullable()
      .default(null)
      .describe(
        'Address of the folder on the site, such as `/handbook/security/planning/`, or the folder of the repository in which the site begins, such as `content`; null: worked out from the rows of the index.',
      ),
    index: z
      .string()
      .min(1)
      .max(255)
      .regex(/^[^\0\\]+\.md$/i, 'the name of a Markdown file')
      .nullable()
      .default(null)
      .describe(
        'The page with the table of plans; null: the first of `_index.md`, `index.md`, `index.html.md`, `README.md`.',
      ),
    issues: z
      .boolean()
      .default(false)
      .describe('Whether an issue may stand in for the epic of a plan: GitLab Free has no epics.'),
  })
  .describe('Folders of Security Plans.');
