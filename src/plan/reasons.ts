import { type Finding, findingKey } from '../model/finding.ts';
import type { Issue } from '../model/issue.ts';
import { ruleOfPoint } from './comment/points.ts';
import type { Leaving } from './farewell.ts';
import type { NudgeState } from './marker.ts';
import { countOf } from './note-action.ts';
import type { PlanInput } from './plan-input.ts';

export const unrecognisedReason =
  'our comments were edited so that they cannot be recognised; delete them, and a new one is written';

/**
 * A lock is a wish for silence: members may still write there (docs/gitlab.md §12), but we do not. It says nothing
 * about labels, which stay right. Once it is lifted, which counts as a change, the comment follows.
 */
export function lockedReason(open: readonly Finding[]): string {
  const count = open.length === 0 ? 'nothing left to do' : countOf(open);
  return `the discussion is locked, so we do not write there (${count})`;
}

/** Why this reading of the issue must not change what was said before; null when it may. */
export function undecided(
  input: PlanInput,
  open: readonly Finding[],
  before: NudgeState | null,
): string | null {
  const { unread } = input.document;
  if (unread !== null && open.length === 0) return `the text was not read: ${unread.reason}`;
  const remembered = new Set(before?.points.map(ruleOfPoint));
  const rule = input.skipped?.find((each) => remembered.has(each.rule))?.rule;
  return rule === undefined ? null : `${rule} could not be evaluated this time; our comment stays as it is`;
}

/** Why the bot leaves an issue alone; null when it does not. */
export function untouchable(issue: Issue, evenClosed = false): string | null {
  if (issue.movedToId !== null) return 'the issue was moved elsewhere';
  if (issue.state === 'closed' && !evenClosed) return 'the issue is closed';
  return null;
}

export const deletedReason =
  'our comment was deleted, which is an answer: it stays away until something else is open';

/** Someone took our comment away, and nothing that is open now is new since. */
export function isAnsweredByDeleting({ told }: PlanInput, open: readonly Finding[]): boolean {
  if (told?.points == null) return false;
  const known = new Set(told.points);
  return open.every((finding) => known.has(findingKey(finding)));
}

/** Why an issue is not looked after any more; null when it is. */
export function leavingOf({ issue, evenClosed = false, unselected = false }: PlanInput): Leaving | null {
  if (untouchable(issue, evenClosed) !== null) return 'closed';
  return unselected ? 'unselected' : null;
}
