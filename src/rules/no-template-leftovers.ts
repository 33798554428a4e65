import { leftoverRule } from './shared/leftover-rule.ts';

export const noTemplateLeftovers = leftoverRule({
  id: 'no-template-leftovers',
  kind: 'kr',
  description: 'Instructions, `etc.` and placeholders of the template are gone from the text.',
  why: 'Instructions are for the writer. Left in, they make a finished KR look unfinished, and readers skip over the words that matter.',
});
