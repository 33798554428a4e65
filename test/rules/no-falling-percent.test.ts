import { noFallingPercent } from '../../src/rules/no-falling-percent.ts';
import { testRule } from './helpers.ts';

testRule(noFallingPercent);
