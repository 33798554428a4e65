import { matchStatusToMilestones } from '../../src/rules/match-status-to-milestones.ts';
import { testRule } from './helpers.ts';

testRule(matchStatusToMilestones);
