import { createHash } from 'node:crypto';

/** A discussion's id: 40 hexadecimal digits, the same for all its notes. */
export function discussionIdFor(firstNoteId: number): string {
  return createHash('sha1').update(`discussion ${firstNoteId}`).digest('hex');
}
