import { matchPercentToMilestones } from '../../src/rules/match-percent-to-milestones.ts';
import { testRule } from './helpers.ts';

testRule(matchPercentToMilestones);
