import { isEdit } from '../../apply/edit-issue.ts';
import type { Action, Outcome } from '../../model/action.ts';
import type { Issue } from '../../model/issue.ts';
import type { ReminderPolicy } from '../../model/policy.ts';
import type { SubjectReport } from '../../model/report.ts';
import type { Wait } from '../../remind/first-nudges.ts';

/** The report of a subject until it is decided whether its first comment is written. */
export interface UndecidedReport extends SubjectReport {
  /** The issue as it was read, where the words of that comment are left until then; absent: they are in the report. */
  unworded?: Issue | undefined;
}

/** The parts of a plan around its first comment. */
interface Parts {
  before: Action[];
  first: Action | null;
  after: Action[];
}

function partsOf(actions: readonly Action[]): Parts {
  const index = actions.findIndex(({ type }) => type === 'create-note');
  if (index < 0) return { before: [...actions], first: null, after: [] };
  return {
    before: actions.slice(0, index),
    first: actions[index] ?? null,
    after: actions.slice(index + 1),
  };
}

/**
 * Does everything but write a first comment, which waits until all subjects are known; labels are set anyway.
 * @param perform performs a list of actions, or plans them
 */
export async function allButFirstNudge(
  actions: readonly Action[],
  perform: (actions: readonly Action[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const { before, first, after } = partsOf(actions);
  if (first === null) return perform(before);
  // What the comment will say was changed is changed when it is written.
  const held = before.filter(isEdit);
  const done = await perform(before.filter((action) => !isEdit(action)));
  if (done.some(({ outcome }) => outcome === 'failed')) {
    // What the comment relies on was not done.
    const rest = [...held, first, ...after];
    return [
      ...done,
      ...rest.map(({ type, detail }): Outcome => {
        return { type, outcome: 'failed', detail: `not tried (${detail}): the step before it failed` };
      }),
    ];
  }
  const waitingNow = [...held, first].map(
    ({ type, detail }): Outcome => ({ type, outcome: 'waiting', detail }),
  );
  return [...done, ...waitingNow, ...(await perform(after))];
}

/** Whether the report of a subject waits for a decision about its first comment. */
export function awaitsDecision({ actions, reminder }: SubjectReport): boolean {
  return reminder?.firstNudge != null && actions.some(isUndecided);
}

const edits: ReadonlySet<Outcome['type']> = new Set([
  'update-due-date',
  'update-assignees',
  'edit-description',
]);

export function isUndecided({ type, outcome }: Outcome): boolean {
  return outcome === 'waiting' && (type === 'create-note' || edits.has(type));
}

/** The report once it was decided that the first comment waits. No comment is there, nor will be. */
export function waiting(subject: UndecidedReport, why: string): SubjectReport {
  const { unworded: _unworded, ...rest } = subject;
  return {
    ...settled(rest, (detail) => ({ outcome: 'waiting', detail: `${detail}; ${why}` })),
    comment: null,
  };
}

/** The report once it was decided that a dry run would write the first comment. */
export function planned(subject: SubjectReport): SubjectReport {
  return settled(subject, (detail) => ({ outcome: 'planned', detail }));
}

/** The report where the first comment could not be written. */
export function notWritten(subject: SubjectReport, message: string): SubjectReport {
  return {
    ...settled(subject, (detail) => ({ outcome: 'failed', detail: `could not ${detail}: ${message}` })),
    status: 'error',
    error: message,
  };
}

function settled(
  subject: SubjectReport,
  settle: (detail: string) => Pick<Outcome, 'outcome' | 'detail'>,
): SubjectReport {
  const actions = subject.actions.map((done) =>
    isUndecided(done) ? { type: done.type, ...settle(done.detail) } : done,
  );
  return { ...subject, actions };
}

/**
 * The report once the issue was read again and its first comment was written: what is said of it now, with what was
 * done before. Where nothing is left to say, that is said of the comment.
 */
export function written(earlier: SubjectReport, now: SubjectReport): SubjectReport {
  const index = earlier.actions.findIndex(isUndecided);
  const outcomes = now.actions.some(({ type }) => type === 'create-note')
    ? now.actions
    : [noLongerNeeded, ...now.actions];
  const after = earlier.actions.slice(index + 1).filter((done) => !isUndecided(done));
  const actions = [...earlier.actions.slice(0, index), ...outcomes, ...after];
  return { ...now, actions };
}

const noLongerNeeded: Outcome = {
  type: 'create-note',
  outcome: 'unchanged',
  detail: 'no first comment is needed any more: the issue was changed meanwhile',
};

/** A clause that says why a first comment waits. */
export function waitWords(
  wait: Wait | 'shard',
  { perRun, perPersonPerWeek }: ReminderPolicy['newComments'],
): string {
  switch (wait) {
    case 'run':
      return `this run writes no more than ${perRun} new comments`;
    case 'person':
      return `who is mentioned gets no more than ${perPersonPerWeek} new comments a week`;
    case 'unknown':
      return 'who was told something this week could not be read';
    case 'shard':
      return 'decided when the shards are merged';
    default:
      return wait satisfies never;
  }
}
