import { unreadableRule } from './shared/unreadable-rule.ts';

export const noUnreadableOkr = unreadableRule('no-unreadable-okr', 'okr');
