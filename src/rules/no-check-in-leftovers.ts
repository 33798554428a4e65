import { leftoverRule } from './shared/leftover-rule.ts';

export const noCheckInLeftovers = leftoverRule({
  id: 'no-check-in-leftovers',
  kind: 'check-in',
  description: 'Instructions and placeholders of the template are gone from the check-in.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
});
