import { rules } from '../../src/rules/index.ts';
import { testRule } from './helpers.ts';

// The rules of the smaller kinds, on the examples of their documentation. Those of KRs have a file each, and texts that
// were not read have no examples: see unreadable.test.ts.
for (const rule of rules) {
  if (rule.kind !== 'kr' && !rule.id.startsWith('no-unreadable-')) testRule(rule);
}
