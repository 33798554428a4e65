import { leftoverRule } from './shared/leftover-rule.ts';

export const noOkrLeftovers = leftoverRule({
  id: 'no-okr-leftovers',
  kind: 'okr',
  description: 'Instructions and placeholders of the template are gone from the OKR.',
  why: 'Instructions are for the writer. Left in, they hide what was written among what was not.',
});
