import { ourRules as rules } from '../../src/config/our-rules.ts';
import { testRule } from './helpers.ts';

/** The one field of a plan that can hold a placeholder is its title, which has a rule of its own. */
const unreachable: Record<string, string[]> = { 'no-plan-leftovers': ['placeholders'] };

// The rules of the smaller kinds, on the examples of their documentation. Those of KRs have a file each, and texts that
// were not read have no examples: see no-unreadable.test.ts.
for (const rule of rules) {
  if (rule.kind === 'kr' || rule.family === 'no-unreadable') continue;
  testRule(rule, [], unreachable[rule.id]);
}
