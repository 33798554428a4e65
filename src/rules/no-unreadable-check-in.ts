import { unreadableRule } from './shared/unreadable-rule.ts';

export const noUnreadableCheckIn = unreadableRule('no-unreadable-check-in', 'check-in');
