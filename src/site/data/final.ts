import { addDays, dayIn, mondayOf } from '../../model/days.ts';
import { percentDone, type RecordUpdate, type SubjectRecord } from '../../model/record.ts';
import type { Kr } from './types.ts';

export interface StateAt {
  record: SubjectRecord;
  state: 'opened' | 'closed';
}

/**
 * What was known of a KR on the last day of its quarter, as far as GitLab tells: what was said, ticked, moved and closed
 * later is taken back, so that the board of a quarter stays what it was on the night it ended. Texts are as they are now.
 * @param end last day of the quarter
 */
export function atEnd(
  { record, state }: StateAt,
  { end, timeZone }: { end: string; timeZone: string },
): StateAt {
  const later = record.timeline.filter(({ on }) => on > end);
  const updates = record.updates.filter(({ createdAt }) => isBy(createdAt, end, timeZone));
  const claim = updates.length === record.updates.length ? null : newestOf(updates);
  const milestones = record.milestones.map((milestone) => {
    const isDone = milestone.state === 'done' && (milestone.doneOn === null || milestone.doneOn <= end);
    const wasOpen = milestone.state === 'open' || (milestone.state === 'done' && !isDone);
    return {
      ...milestone,
      state: wasOpen ? ('open' as const) : milestone.state,
      doneOn: isDone ? milestone.doneOn : null,
      overdue: wasOpen && milestone.dueDate !== null && milestone.dueDate <= end,
    };
  });
  const isAsNow = milestones.every(({ state: then }, index) => then === record.milestones[index]?.state);
  return {
    state: stateBefore(later, state),
    record: {
      ...record,
      dueDate: dueBefore(later, record.dueDate),
      milestones,
      updates,
      timeline: record.timeline.filter(({ on }) => on <= end),
      progress: {
        claimed: claim === null ? record.progress.claimed : claim.percent,
        milestones: isAsNow ? record.progress.milestones : percentDone(milestones),
        expected: record.progress.expected === null ? null : 100,
      },
      status: claim === null ? record.status : claim.status,
    },
  };
}

/** Boards of ended quarters hold nothing that is about now. */
export function withoutPresent(kr: Kr): Kr {
  return { ...kr, findings: [], waived: [], snoozed: null, nextPing: null };
}

/** The first day after the quarter: as of when its standings hold. */
export const dayAfter = (end: string): string => addDays(end, 1);

function isBy(instant: string, end: string, timeZone: string): boolean {
  return Number.isNaN(Date.parse(instant)) || dayIn(instant, timeZone) <= end;
}

/** What the newest update of the latest week claims, as the run itself reads it. */
function newestOf(updates: readonly RecordUpdate[]): {
  percent: number | null;
  status: SubjectRecord['status'];
} {
  const newest = updates.reduce<RecordUpdate | null>((best, update) => {
    if (update.status === null && update.percent === null) return best;
    return best === null || weekOf(update) >= weekOf(best) ? update : best;
  }, null);
  if (newest === null) return { percent: null, status: { claimed: null, week: null, noteId: null } };
  const { percent, status, week, noteId } = newest;
  return { percent, status: { claimed: status, week, noteId } };
}

function weekOf({ week, createdAt }: RecordUpdate): string {
  return week ?? mondayOf(createdAt.slice(0, 10));
}

type Entries = SubjectRecord['timeline'];

function stateBefore(later: Entries, now: 'opened' | 'closed'): 'opened' | 'closed' {
  const first = later.find(({ what }) => what === 'closed' || what === 'reopened');
  if (first === undefined) return now;
  return first.what === 'closed' ? 'opened' : 'closed';
}

function dueBefore(later: Entries, now: string | null): string | null {
  const first = later.find(({ what }) => what === 'due-date-moved');
  return first === undefined || first.from === undefined ? now : first.from;
}
