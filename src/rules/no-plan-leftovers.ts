import { leftoverRule } from './shared/leftover-rule.ts';

export const noPlanLeftovers = leftoverRule({
  id: 'no-plan-leftovers',
  kind: 'plan',
  description: 'Instructions and placeholders of the template are gone from the plan.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
});
