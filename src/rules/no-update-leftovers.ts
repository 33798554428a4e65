import { leftoverRule } from './shared/leftover-rule.ts';

export const noUpdateLeftovers = leftoverRule({
  id: 'no-update-leftovers',
  kind: 'weekly-update',
  description: 'Instructions and placeholders of the template are gone from the update.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
});
