import { noSilentRisk } from '../../src/rules/no-silent-risk.ts';
import { testRule } from './helpers.ts';

testRule(noSilentRisk);
