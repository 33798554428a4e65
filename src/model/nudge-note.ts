import type { Note } from './issue.ts';

/**
 * Recognising our notes. A nudge carries, alone on a line, the HTML comment
 * `<!-- kr-hygiene <version> nudge <state> -->`; the state is the business of the plan.
 */
const OPENING = '<!-- kr-hygiene';
const CLOSING = '-->';

export interface MarkerText {
  version: string;
  state: string;
}

/**
 * The nudge's marker in a note, or null. Ours ends the note, so the last one counts; text that a person added below
 * it does not matter. Nothing that we write holds a marker but our own, so the line alone decides.
 */
export function nudgeMarker(body: string): MarkerText | null {
  for (const line of body.split('\n').reverse()) {
    const text = line.trim();
    if (!text.startsWith(OPENING) || !text.endsWith(CLOSING)) continue;
    const words = text.slice(OPENING.length, -CLOSING.length).trim().split(' ');
    const [version = '', kind = 'nudge', state = ''] = words;
    if (kind === 'nudge') return { version, state };
  }
  return null;
}

/**
 * The nudges among the notes of an issue, oldest first: written by the bot's own user and marked. The first is the
 * nudge, the others are duplicates. Ids are given in the order of creation, so they decide which one is older.
 * @param botUserId null: not known, so no note can be told to be ours
 */
export function nudgesIn(notes: readonly Note[], botUserId: number | null): Note[] {
  return notes
    .filter((note) => !note.system && note.author.id === botUserId && nudgeMarker(note.body) !== null)
    .sort((a, b) => a.id - b.id);
}

/** A note's text as GitLab keeps it: without carriage returns and trailing blanks (FACTS §10). */
export function storedForm(body: string): string {
  return body
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}
