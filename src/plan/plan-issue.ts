import type { Action } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue, Note } from '../model/issue.ts';
import { type NoteOwner, nudgesIn, strippedNotes } from '../model/nudge-note.ts';
import { pingsIn } from '../model/ping-note.ts';
import type { LabelPolicy } from '../model/policy.ts';
import type { Answer } from '../model/timeline.ts';
import { answersToShow, wantsHelp } from './comment/answers.ts';
import { onePerPlace } from './comment/blank.ts';
import { responsiblePeople } from './comment/greeting.ts';
import { nudging, ruleOfPoint } from './comment/points.ts';
import { createVoice } from './comment/voice.ts';
import { farewell } from './farewell.ts';
import { planFixes } from './fixes.ts';
import { carries, formerLabels, type LabelState, labelAction, removeLabels } from './labels.ts';
import { decodeMarker, type NudgeState } from './marker.ts';
import { noteAction } from './note-action.ts';
import { commentFor } from './our-comment.ts';
import { labelsOf, pingActions } from './ping-note.ts';
import type { IssuePlan, PlanInput } from './plan-input.ts';
import {
  deletedReason,
  isAnsweredByDeleting,
  leavingOf,
  lockedReason,
  undecided,
  unrecognisedReason,
  untouchable,
} from './reasons.ts';
import { remember } from './reminded.ts';

export type { IssuePlan, PlanInput, Told } from './plan-input.ts';

/** Whether our comment, as it was last written, has a point of one of these rules. */
export function nudgeSpeaksOf(
  rules: readonly string[],
  notes: readonly Note[],
  owner: NoteOwner | null,
): boolean {
  const [nudge] = nudgesIn(notes, owner);
  const points = nudge === undefined ? [] : (decodeMarker(nudge.body)?.points ?? []);
  return points.some((key) => rules.includes(ruleOfPoint(key)));
}

/**
 * What is to be done on one issue so that its comment and labels are right. Pure, and settled after one round:
 * planned again after its actions were performed, it yields none.
 */
export function planIssue(input: PlanInput): IssuePlan {
  const { issue, settings } = input;
  const { nudge, duplicates, before, leftBehind, unrecognised } = ourNotes(input);
  const nudgingAll = nudging(input.findings);
  const fixes = planFixes({
    issue,
    findings: issue.state === 'opened' ? nudgingAll : [],
    allowed: input.fix ?? [],
    members: input.members,
    inactive: input.inactive,
    before: before?.changes ?? [],
  });
  const left = (findings: Finding[]): Finding[] =>
    fixes.fixed.length === 0 ? findings : findings.filter((finding) => !fixes.fixed.includes(finding));
  const open = left(onePerPlace(nudgingAll, input.findings));
  const people = addressed(input, open);
  const notReached = open.length > 0 && settings.comment.greet !== 'nobody' && people.length === 0;
  const rest = { leftBehind, notReached, corrections: [] };
  const standing = { comment: nudge?.body ?? null, state: nudge === null ? null : before };
  const withoutComment = (actions: Action[], reason: string): IssuePlan => ({
    ...rest,
    actions,
    comment: null,
    state: null,
    reason,
  });
  const former = formerLabels(issue, settings.labels, input);
  const leaving = leavingOf(input);
  if (leaving !== null) {
    const last = farewell(input, { nudge, before, duplicates, former }, leaving);
    return { ...last, reason: untouchable(issue, input.evenClosed), leftBehind, notReached: false };
  }
  const reason = undecided(input, open, before);
  if (reason !== null)
    return { actions: issue.discussionLocked ? [] : duplicates, ...standing, reason, ...rest };
  const pings = pingsIn(input.notes ?? [], input.bot);
  const today = input.today ?? new Date(input.now).toISOString().slice(0, 10);
  // Also what another point says already has an age, and is not fixed as long as it is there.
  const reminded = remember(before, { open: left(nudgingAll), findings: input.findings }, pings, today);
  const labels = labelsOf(issue, settings.labels, open, reminded);
  const isDeleted = nudge === null && open.length > 0 && isAnsweredByDeleting(input, open);
  if (isDeleted)
    return withoutComment([...labelAction(labels.state), ...removeLabels(former)], deletedReason);
  if (unrecognised) return withoutComment(labelAction(labels.state), unrecognisedReason);
  const silent =
    nudge === null && open.length === 0 && fixes.actions.length === 0 && !hasToAnswer(input.answers ?? []);
  const { comment, state, corrections } = silent
    ? { comment: null, state: null, corrections: [] }
    : commentFor(input, open, people, { before, changes: fixes.changes, reminded });
  const notes = [
    ...duplicates,
    ...noteAction(nudge, comment, open).map((action) => marked(action, issue, settings.labels, labels.state)),
    ...pingActions(pings, open, {
      policyId: input.bot?.policyId,
      voice: createVoice(settings.comment.phrases),
    }),
  ];
  if (issue.discussionLocked && notes.length > 0)
    return { actions: labelAction(labels.state), ...standing, reason: lockedReason(open), ...rest };
  const actions = [
    ...fixes.actions,
    ...inOrder(notes, labels.state, open),
    ...labelAction(labels.escalation),
    ...removeLabels(former),
  ];
  return { actions, comment, state, reason, leftBehind, notReached, corrections };
}

/**
 * With the label that tells of it later, where that is or will be on the issue. An edit is marked where it asks for
 * something again: what label events told before was settled then.
 */
function marked(action: Action, issue: Issue, { needsAttention }: LabelPolicy, { add }: LabelState): Action {
  if (needsAttention === null || (action.type !== 'create-note' && action.type !== 'update-note'))
    return action;
  const isCarried = carries(issue, needsAttention);
  const isTold = add === needsAttention || (action.type === 'create-note' && isCarried);
  return isTold ? { ...action, mark: { label: needsAttention, isCarried } } : action;
}

interface OurNotes {
  nudge: Note | null;
  duplicates: Action[];
  before: NudgeState | null;
  leftBehind: number;
  /** Our comments were edited beyond recognition more than once: no further one is written. */
  unrecognised: boolean;
}

/**
 * The one comment to keep, those to remove, and what is remembered. A comment of ours whose marker was taken out may be
 * anything now, so one more is written; after a second one none is. Comments of former bots that this token may not
 * edit stay, but what they remember counts: no one is greeted twice.
 */
function ourNotes({ notes, bot, lostBots = [] }: PlanInput): OurNotes {
  const found = notes ?? [];
  const [nudge = null, ...younger] = nudgesIn(found, bot);
  const lost =
    bot === null || lostBots.length === 0
      ? []
      : nudgesIn(found, { ...bot, userId: -1, formerBots: lostBots });
  const detail = 'remove a duplicate of our comment';
  const source = nudge ?? lost[0] ?? null;
  return {
    nudge,
    duplicates: younger.map(({ id }): Action => ({ type: 'delete-note', noteId: id, detail })),
    before: source === null ? null : asRemembered(decodeMarker(source.body), source === nudge),
    leftBehind: lost.length,
    unrecognised: nudge === null && strippedNotes(found, bot).length > 1,
  };
}

/** A new comment mails everyone it mentions, so mentions that only an edit may keep are dropped. */
function asRemembered(state: NudgeState | null, isKept: boolean): NudgeState | null {
  return state === null || isKept ? state : { ...state, mentioned: [], others: undefined };
}

/** Without a nudge there is something to say only to someone who asked. */
function hasToAnswer(answers: readonly Answer[]): boolean {
  return wantsHelp(answers) || answersToShow(answers).length > 0;
}

/**
 * `ok` on an issue must mean that the comment has reached its end, also when a run is cut short anywhere: it is
 * taken off before a comment with open points is written, and set after everything else.
 */
function inOrder(notes: Action[], labels: LabelState, open: readonly Finding[]): Action[] {
  if (open.length === 0 || notes.length === 0 || labels.remove === null)
    return [...notes, ...labelAction(labels)];
  return [
    ...labelAction({ add: null, remove: labels.remove }),
    ...notes,
    ...labelAction({ add: labels.add, remove: null }),
  ];
}

function addressed(input: PlanInput, open: readonly Finding[]): string[] {
  const { settings, issue, members, inactive, bot } = input;
  const botUserId = bot?.userId ?? null;
  return responsiblePeople(settings.comment.greet, issue, open, { botUserId, members, inactive });
}
