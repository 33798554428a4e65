import type { Note, User } from './issue.ts';

/**
 * Recognising our notes. Each carries, alone on a line, the HTML comment `<!-- kr-hygiene <version> <kind> <state>
 * -->`; the kind is `nudge` for the one comment of an issue, and the state is up to the code that writes it. Where the
 * policy has an id of its own, the state ends in `.<id>`.
 */
const OPENING = '<!-- kr-hygiene';
const CLOSING = '-->';

/** The id of a policy that names none. */
export const defaultPolicyId = 'default';

export interface MarkerText {
  version: string;
  kind: string;
  state: string;
  /** Of the policy that keeps the note. */
  id: string;
}

/** Whose notes are ours. */
export interface NoteOwner {
  /** The user of our token. */
  userId: number;
  /** Left out: `default`. */
  policyId?: string;
  /** User names, without `@`, that the bot had under earlier tokens. */
  formerBots?: readonly string[];
}

/** The bot under all the names it had, also those whose notes the token of today may not edit. */
export const underAnyName = (bot: NoteOwner, lostBots: readonly string[]): NoteOwner => ({
  ...bot,
  formerBots: [...(bot.formerBots ?? []), ...lostBots],
});

/** The line that makes a note ours. */
export function markerLine(version: number, kind: string, state: string, id: string): string {
  return `${OPENING} ${version} ${kind} ${id === defaultPolicyId ? state : `${state}.${id}`} ${CLOSING}`;
}

/** The marker of a note of ours, of whatever kind, or null. */
export function botMarker(body: string): MarkerText | null {
  return lastMarker(body, () => true);
}

/**
 * The nudge's marker in a note, or null. Ours ends the note, so the last one counts; text that a person added below it
 * does not matter. Nothing that we write holds a marker but our own, so the line alone decides.
 */
export function nudgeMarker(body: string): MarkerText | null {
  return lastMarker(body, ({ kind }) => kind === 'nudge');
}

function lastMarker(body: string, wanted: (marker: MarkerText) => boolean): MarkerText | null {
  // Few notes are ours, and in those the marker is at the end.
  let start = body.length + 1;
  while (start > 0) {
    const at = body.lastIndexOf(OPENING, start - 1);
    if (at === -1) return null;
    const end = body.indexOf('\n', at);
    start = at === 0 ? 0 : body.lastIndexOf('\n', at - 1) + 1;
    const text = body.slice(start, end === -1 ? body.length : end).trim();
    if (!text.startsWith(OPENING) || !text.endsWith(CLOSING)) continue;
    const words = text.slice(OPENING.length, -CLOSING.length).trim().split(' ');
    const [version = '', kind = 'nudge', stateAndId = ''] = words;
    const [state = '', id = defaultPolicyId] = stateAndId.split('.');
    const marker = { version, kind, state, id };
    if (wanted(marker)) return marker;
  }
  return null;
}

/** Whether a note was written by the bot, under this token or an earlier one. */
export function isByBot(note: Note, owner: NoteOwner): boolean {
  return isOwnUser(note.author, owner);
}

/** Whether a user is the bot, under this token or an earlier one. */
export function isOwnUser(user: User | null, { userId, formerBots = [] }: NoteOwner): boolean {
  if (user === null) return false;
  const name = user.username.toLowerCase();
  return user.id === userId || formerBots.some((former) => former.toLowerCase() === name);
}

/** Users behind a token of a project or a group (docs/gitlab.md §2): no name that a person has by chance. */
const tokenBot = /^(project|group)_(\d+)_bot(?:_?[0-9a-z]+)?$/i;

/** Whether a user is a program, by GitLab's flag where it tells, else by the name that it gives to users of tokens. */
export function isProgram({ username, bot }: User): boolean {
  return bot ?? tokenBot.test(username);
}

/**
 * User names of bots that left a nudge or another note of this policy on an issue where we have no nudge: a token was
 * re-created, and the policy does not name the user before. A note of a person with our marker is a copy, or forged;
 * and the token of a project writes in that project only. Where we have a nudge, another one is another bot's.
 * @param owner with the former bots that the policy names
 */
export function unnamedBots(notes: readonly Note[], owner: NoteOwner, projectId: number): string[] {
  const id = owner.policyId ?? defaultPolicyId;
  const marked = notes.filter(({ system, body }) => !system && botMarker(body)?.id === id);
  if (marked.some((note) => isByBot(note, owner) && nudgeMarker(note.body)?.id === id)) return [];
  const isHere = ({ username }: User): boolean => {
    const [, kind, number] = tokenBot.exec(username) ?? [];
    return kind?.toLowerCase() !== 'project' || Number(number) === projectId;
  };
  const names = marked
    .filter((note) => !isByBot(note, owner) && isProgram(note.author) && isHere(note.author))
    .map(({ author }) => author.username);
  return [...new Set(names)];
}

/**
 * The nudges among the notes of an issue: written by the bot, marked, and of this policy. Those of the present user
 * come first, then those of former ones, the latest user first, each oldest first: the first is the nudge, and knows
 * most; the others are duplicates. Ids rise with creation, so they decide which one is older.
 * @param owner null: not known, so no note can be told to be ours
 */
export function nudgesIn(notes: readonly Note[], owner: NoteOwner | null): Note[] {
  if (owner === null) return [];
  const id = owner.policyId ?? defaultPolicyId;
  const found = notes
    .filter((note) => !note.system && isByBot(note, owner) && nudgeMarker(note.body)?.id === id)
    .sort((a, b) => a.id - b.id);
  if (found.length < 2) return found;
  const firstOf = new Map(found.toReversed().map(({ author, id: first }) => [author.id, first]));
  const turn = ({ author }: Note): number =>
    author.id === owner.userId ? -Infinity : -(firstOf.get(author.id) ?? 0);
  return found.sort((a, b) => (a.author.id === b.author.id ? a.id - b.id : turn(a) - turn(b)));
}

/**
 * Notes of the bot's own user that were nudges before someone who may edit them took the marker out: edited since, and
 * without any hidden comment (notes of other programs with the same token have one, or were never edited). Oldest first.
 */
export function strippedNotes(notes: readonly Note[], owner: NoteOwner | null): Note[] {
  if (owner === null) return [];
  return notes
    .filter(
      (note) =>
        !note.system &&
        note.author.id === owner.userId &&
        Date.parse(note.updatedAt) > Date.parse(note.createdAt) &&
        !note.body.includes('<!--'),
    )
    .sort((a, b) => a.id - b.id);
}

/** A note's text as GitLab keeps it: without carriage returns and trailing blanks (docs/gitlab.md §10). */
export function storedForm(body: string): string {
  if (!hasTrailingBlanks(body)) return body;
  return body
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

/** Every comment of a run is looked at, so only the ends of its lines are. */
function hasTrailingBlanks(body: string): boolean {
  for (let at = body.indexOf('\n'); at !== -1; at = body.indexOf('\n', at + 1)) {
    const before = body.charCodeAt(at - 1);
    const isVisible = before > 32 && before < 127;
    if (!isVisible && /[^\S\n]/.test(body.charAt(at - 1))) return true;
  }
  return /\s$/.test(body.slice(-1));
}
