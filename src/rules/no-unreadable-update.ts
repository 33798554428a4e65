import { unreadableRule } from './shared/unreadable-rule.ts';

export const noUnreadableUpdate = unreadableRule('no-unreadable-update', 'weekly-update');
