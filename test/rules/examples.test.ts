import { ourRules as rules } from '../../src/config/our-rules.ts';
import { testRule } from './helpers.ts';

/** The one field of a plan that can hold a placeholder is its title, which has a rule of its own. */
const unreachable: Record<string, string[]> = { 'no-plan-leftovers': ['placeholders'] };

// The rules of the smaller kinds, on the examples of their documentation. Those of KRs have a file each, and texts that
// were not read have no examples: see no-unreadable.test.ts.
for (const rule of rules) {
  if (rule.kind === 'kr' || rule.family === 'no-unreadable') continue;
  // A rule of all kinds is shown on the kinds it has examples for; one kind more needs none.
  if (
    rule.examples.length === 0 &&
    rules.some((one) => one.family === rule.family && one.examples.length > 0)
  )
    continue;
  testRule(rule, [], unreachable[rule.id]);
}
