import { createHash } from 'node:crypto';
import { dayIn, mondayOf } from './days.ts';
import type { StatusValue } from './document.ts';
import type { Note } from './issue.ts';
import { type NoteOwner, nudgeMarker, nudgesIn } from './nudge-note.ts';
import type { UpdateEntry } from './timeline.ts';
import { weeklySeries } from './updates.ts';

/**
 * What was claimed in one week, kept in our marker since GitLab forgets the text of a comment before it was edited:
 * Monday, status, percent, hash of the comment. Never its words.
 */
export type RememberedWeek = [
  week: string,
  status: StatusValue | null,
  percent: number | null,
  hash: string | null,
];

/** Older ones are forgotten: a note of ours stays far below GitLab's limit. */
export const mostWeeks = 60;

/** Of the words of a comment, blanks at the ends of lines left aside. */
export function commentHash(body: string): string {
  const text = body.replace(/[^\S\n]+$/gm, '').trim();
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/**
 * What is to be remembered after this look: of a week that is over, what was said first; of this week, what is said
 * now. Of an update that was edited after its week before anyone remembered it, nothing is known.
 * @param today `YYYY-MM-DD` in `timeZone`
 */
export function weeksToRemember(
  before: readonly RememberedWeek[],
  updates: readonly UpdateEntry[],
  { today, timeZone }: { today: string; timeZone: string },
): RememberedWeek[] {
  const isOver = (week: string): boolean => week < mondayOf(today);
  const weeks = new Map(before.filter(([week]) => isOver(week)).map((one) => [one[0], one]));
  for (const update of weeklySeries({ updates })) {
    const { countsFor: week, status, percent, body } = update;
    if (weeks.has(week) || (isOver(week) && isEditedAfterItsWeek(update, timeZone))) continue;
    weeks.set(week, [week, status, percent, commentHash(body)]);
  }
  return [...weeks.values()].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-mostWeeks);
}

/** Whether a comment was changed when its week, and the one in which it was written, were over. */
export function isEditedAfterItsWeek(
  { countsFor, createdAt, editedAt }: Pick<UpdateEntry, 'countsFor' | 'createdAt' | 'editedAt'>,
  timeZone: string,
): boolean {
  if (editedAt === null) return false;
  const written = mondayOf(dayIn(createdAt, timeZone));
  return mondayOf(dayIn(editedAt, timeZone)) > (written > countsFor ? written : countsFor);
}

/** What our comment among the notes remembers; what does not validate is forgotten. */
export function rememberedWeeks(notes: readonly Note[], owner: NoteOwner | null): RememberedWeek[] {
  const [nudge] = nudgesIn(notes, owner);
  const marker = nudge === undefined ? null : nudgeMarker(nudge.body);
  if (marker === null) return [];
  try {
    const state: unknown = JSON.parse(Buffer.from(marker.state, 'base64url').toString('utf8'));
    const weeks: unknown = typeof state === 'object' && state !== null && 'weeks' in state ? state.weeks : [];
    return Array.isArray(weeks) ? weeks.slice(0, mostWeeks).filter(isRememberedWeek) : [];
  } catch {
    return [];
  }
}

const statuses: ReadonlySet<unknown> = new Set(['on-track', 'at-risk', 'off-track', null]);

function isRememberedWeek(value: unknown): value is RememberedWeek {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [week, status, percent, hash] = value as unknown[];
  const isPercent = percent === null || (typeof percent === 'number' && percent >= 0 && percent <= 100);
  return (
    typeof week === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(week) &&
    statuses.has(status) &&
    isPercent &&
    (hash === null || (typeof hash === 'string' && /^[0-9a-f]{1,16}$/.test(hash)))
  );
}
