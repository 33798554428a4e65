import { rules } from '../../src/rules/index.ts';
import { testRule } from './helpers.ts';

// The examples of the documentation, rule by rule. Texts that were not read have no examples: see unreadable.test.ts.
for (const rule of rules) if (!rule.id.startsWith('no-unreadable-')) testRule(rule);
