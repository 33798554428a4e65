import type { Activity } from '../model/activity.ts';
import { dayIn } from '../model/days.ts';
import type { Note } from '../model/issue.ts';
import type { TimelineEntry } from '../model/timeline.ts';
import { collapsed } from '../text/words.ts';
import type { TickMatcher } from './match-ticks.ts';
import { type Change, readSystemNote } from './system-notes.ts';

/** Foreign text in a detail is cut at this length. */
const detailLength = 300;

export interface EventsInput {
  activity: Pick<Activity, 'systemNotes' | 'labelEvents' | 'stateEvents'>;
  matchTick: TickMatcher;
  timeZone: string;
  /** Null: not known. */
  botUserId: number | null;
}

/** What system notes, label and state events say happened, in the order of time. */
export function eventEntries({ activity, matchTick, timeZone, botUserId }: EventsInput): TimelineEntry[] {
  const { systemNotes, labelEvents, stateEvents } = activity;
  const at = (createdAt: string) => ({ at: createdAt, on: dayIn(createdAt, timeZone) });
  const entries: TimelineEntry[] = [];
  // GitLab does not record the first due date: where a chain begins, where from is unknown.
  let due: string | null | undefined;
  for (const note of oldestFirst(systemNotes)) {
    const change = readSystemNote(note.body);
    if (change === null || (change.what === 'state' && stateEvents.length > 0)) continue;
    const base = { ...at(note.createdAt), source: `system note ${note.id}`, by: note.author.username };
    entries.push({ ...base, ...told(change, { matchTick, due, on: base.on }) });
    if (change.what === 'due-date') due = change.to;
  }
  for (const { id, action, label, user, createdAt } of labelEvents) {
    // What the bot does itself is not part of a KR's past.
    if (user !== null && user.id === botUserId) continue;
    entries.push({
      ...at(createdAt),
      what: action === 'add' ? 'label-added' : 'label-removed',
      detail: label ?? 'a label that was deleted since',
      source: `label event ${id}`,
      by: user?.username ?? null,
    });
  }
  for (const { id, state, user, createdAt } of stateEvents)
    entries.push({
      ...at(createdAt),
      what: state,
      detail: state,
      source: `state event ${id}`,
      by: user?.username ?? null,
    });
  return inOrder(entries);
}

/** Entries by ascending time. Equals keep their order. */
export function inOrder(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** Notes by ascending time. Equals keep their order: GitLab lists them as they came. */
export function oldestFirst(notes: readonly Note[]): Note[] {
  return notes.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
}

type Told = Pick<TimelineEntry, 'what' | 'detail'> & Partial<TimelineEntry>;

function told(
  change: Change,
  { matchTick, due, on }: { matchTick: TickMatcher; due: string | null | undefined; on: string },
): Told {
  switch (change.what) {
    case 'tick': {
      const milestone = matchTick(change.text);
      const unmatched = milestone === null ? ' (not one of the milestones as they are now)' : '';
      return {
        what: change.done ? 'milestone-done' : 'milestone-reopened',
        detail: `${shown(change.text)}${unmatched}`,
        milestone,
      };
    }
    case 'due-date':
      return {
        what: 'due-date-moved',
        detail: dateMoved(due, change.to, on),
        ...(due === undefined ? {} : { from: due }),
        to: change.to,
      };
    case 'assignees':
      return { what: 'assignees-changed', detail: peopleChanged(change) };
    case 'title':
      return { what: 'title-changed', detail: `from “${shown(change.from)}” to “${shown(change.to)}”` };
    case 'confidentiality':
      return {
        what: 'confidentiality-changed',
        detail: change.confidential ? 'made confidential' : 'made visible to everyone',
      };
    case 'promoted':
      return { what: 'promoted', detail: `promoted to epic ${shown(change.to)}` };
    case 'state':
      return { what: change.state, detail: change.state };
    default:
      throw new TypeError(`no such change: ${String(change)}`);
  }
}

function dateMoved(from: string | null | undefined, to: string | null, on: string): string {
  const lapsed = typeof from === 'string' && from < on ? ', after it had passed' : '';
  const start = typeof from === 'string' ? `from ${from} ` : '';
  if (to === null) return `${start}to no date${lapsed}`;
  return `${start}to ${to}${lapsed}`;
}

function peopleChanged({ added, removed }: { added: string[]; removed: string[] }): string {
  const parts = [
    added.length === 0 ? '' : `assigned ${added.map((name) => `@${name}`).join(', ')}`,
    removed.length === 0 ? '' : `unassigned ${removed.map((name) => `@${name}`).join(', ')}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

const shown = (text: string): string => collapsed(text).slice(0, detailLength);
