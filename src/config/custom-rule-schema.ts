import { z } from 'zod';

/** Longer expressions are programs; write several rules instead. */
export const maxExpressionLength = 2000;

const expression = z.string().min(1).max(maxExpressionLength);
const text = z.string().min(1).max(500);

/**
 * A rule of the team's own, in CEL. The keys `only`, `except`, `url` and `grace` are added where the file schema is
 * put together, so that they are the same for every rule.
 */
export const customRuleShape = {
  severity: z
    .enum(['off', 'info', 'warning', 'error'])
    .default('warning')
    .describe('`error` and `warning` nudge people, `info` is only mentioned, `off` switches the rule off.'),
  description: z.string().min(1).max(500).describe('One sentence: what the rule asks for.'),
  'for-each': z
    .enum(['milestone', 'dependency', 'epic', 'section', 'link'])
    .optional()
    .describe(
      'Check each of these by itself; the finding then points at it. In the expression it goes by this name.',
    ),
  when: expression.optional().describe('CEL: the rule looks only where this is true.'),
  assert: expression.describe(
    'CEL: what must be true. Where it is false, the rule reports it. Where it needs a value that no one wrote, the rule says nothing; to ask for such a value, look at its problem, as in `kr.objective.problem == ""`.',
  ),
  message: text.describe('What is wrong, in one sentence; `{{ expression }}` puts in a value.'),
  hint: text.optional().describe('What to do; `{{ expression }}` puts in a value.'),
};
