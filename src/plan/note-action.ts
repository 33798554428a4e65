import type { Action } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';
import type { Note } from '../model/issue.ts';
import { storedForm } from '../model/nudge-note.ts';
import { withoutMarker } from './marker.ts';

/** What is to be done with our comment so that it says this; null: nothing. */
export function noteAction(nudge: Note | null, comment: string | null, open: readonly Finding[]): Action[] {
  if (comment === null || (nudge !== null && storedForm(nudge.body) === comment)) return [];
  const what = open.length === 0 ? 'nothing is left to do' : countOf(open);
  if (nudge !== null && withoutMarker(nudge.body) === withoutMarker(comment))
    return [
      {
        type: 'update-note',
        noteId: nudge.id,
        body: comment,
        detail: 'remember in our comment what was done',
      },
    ];
  if (nudge === null) return [{ type: 'create-note', body: comment, detail: `write a comment (${what})` }];
  const detail = open.length === 0 ? 'say that all is fixed' : `bring our comment up to date (${what})`;
  return [{ type: 'update-note', noteId: nudge.id, body: comment, detail }];
}

/** As the comment counts: what is needed is open, the rest recommended. */
export function countOf(open: readonly Finding[]): string {
  const needed = open.filter(({ severity }) => severity === 'error').length;
  const advised = open.length - needed;
  const points = (count: number): string => (count === 1 ? 'one point' : `${count} points`);
  if (needed === 0) return `${points(advised)} recommended`;
  const more = advised === 0 ? '' : `, ${advised === 1 ? 'one' : advised} recommended`;
  return `${points(needed)} open${more}`;
}
