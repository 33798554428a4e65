import { z } from 'zod';
import { defineRules } from './rule.ts';
import { plain } from './shared/words.ts';

const messages = {
  'too-long': {
    text: 'This text is too long to be checked ({detail}).',
    hint: 'Move what does not belong to it, such as logs or tables, to a file or another issue and link to it.',
  },
  'too-deeply-nested': {
    text: 'The lists or quotes of this text are nested too deeply to be checked ({detail}).',
    hint: 'Flatten the lists and quotes.',
  },
  'too-complex': {
    text: 'The mark-up of this text is too intricate to be checked ({detail}).',
    hint: 'Remove what was pasted by accident, or move it to a file and link to it.',
  },
  'too-slow': {
    text: 'Reading this text took too long ({detail}).',
    hint: 'Remove what was pasted by accident, or move it to a file and link to it.',
  },
} as const;

/** The text keeps within the limits of reading. */
export const noUnreadable = defineRules({
  id: 'no-unreadable',
  kinds: 'all',
  ids: {
    kr: 'no-unreadable-text',
    'weekly-update': 'no-unreadable-update',
    okr: 'no-unreadable-okr',
    'check-in': 'no-unreadable-check-in',
    plan: 'no-unreadable-plan',
  },
  description: 'The text keeps within the limits up to which it can be read and checked.',
  why: 'A text of many megabytes, or one that was pasted by accident, is not read at all. Nothing else is then known about it, and this rule says so instead of passing it as good.',
  messages,
  options: z.strictObject({}),
  defaultSeverity: 'warning',
  evenUnread: true,
  *check(document) {
    if (document.unread === null) return;
    const { reason, detail } = document.unread;
    yield { message: reason, data: { detail: plain(detail) }, place: null, subject: { part: 'text' } };
  },
});
