import { noClosedWithOpenMilestones } from '../../src/rules/no-closed-with-open-milestones.ts';
import { testRule } from './helpers.ts';

testRule(noClosedWithOpenMilestones);
