import { z } from 'zod';
import { inOrder } from '../rules/shared/in-order.ts';

/** A name that is in a list of GitLab labels; a comma there would mean two labels, `None` and `Any` have a meaning. */
const label = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^,]+$/, 'a label without a comma; write each label as an item of its own')
  .refine(
    (name) => name !== 'None' && name !== 'Any',
    'a label: GitLab takes `None` and `Any` for "no label" and "any label"',
  );

export const labelSchema = label.describe('A label, spelt exactly as in GitLab (case counts).');

/** One label or a list of them, as a list. */
export const labelsSchema = z
  .union([labelSchema, z.array(labelSchema).max(20)])
  .transform((labels) => [labels].flat());

/** A full path; GitLab takes numbers for ids, so both can be written. */
export const projectOrGroup = z
  .union([
    z.int().positive(),
    z
      .string()
      .max(500)
      .regex(
        /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*(\/[\p{L}\p{N}_][\p{L}\p{N}_.-]*)*$/u,
        'a path such as `group/project`',
      ),
  ])
  .describe('A path such as `group/subgroup/project`, or a numeric id.');

/** A page on the web. */
export const webPageSchema = z
  .url({ protocol: /^https?$/, hostname: z.regexes.hostname, error: 'an address that begins with https://' })
  .max(1000)
  .regex(/^[^\s<>"`\\]+$/, 'an address without blanks, quotes and angle brackets');

const days = z.int().min(0).max(3660);

export const ageSchema = inOrder(
  z.strictObject({
    'min-days': days.optional().describe('At least this many days old.'),
    'max-days': days.optional().describe('At most this many days old.'),
  }),
  'min-days',
  'max-days',
).describe('How many days ago the issue was created.');

const extendsItem = z
  .string()
  .min(1)
  .max(500)
  .describe(
    'A built-in preset (`handbook`, `issues-only`, `minimal`) or a relative path such as `./shared.yml`.',
  );

export const extendsSchema = z
  .union([extendsItem, z.array(extendsItem).max(20)])
  .optional()
  .describe('What this file builds on; later ones win over earlier ones, and this file over all of them.');
