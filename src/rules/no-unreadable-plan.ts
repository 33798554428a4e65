import { unreadableRule } from './shared/unreadable-rule.ts';

export const noUnreadablePlan = unreadableRule('no-unreadable-plan', 'plan');
