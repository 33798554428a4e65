import { unreadableRule } from './shared/unreadable-rule.ts';

export const noUnreadableText = unreadableRule('no-unreadable-text', 'kr');
