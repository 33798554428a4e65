import type { Action } from '../model/action.ts';
import type { KrHygieneDocument } from '../model/document.ts';
import type { Finding, SkippedRule } from '../model/finding.ts';
import type { Issue, Note } from '../model/issue.ts';
import { nudgesIn, storedForm } from '../model/nudge-note.ts';
import type { CommentPolicy, LabelPolicy } from '../model/policy.ts';
import type { TemplateFacts } from '../model/reader.ts';
import { greet, responsiblePeople } from './comment/greeting.ts';
import { nudging, rememberPoints } from './comment/points.ts';
import { renderComment, renderThanks } from './comment/render.ts';
import { carries, labelAction, labelState } from './labels.ts';
import { decodeMarker, encodeMarker, type NudgeState } from './marker.ts';

export interface PlanInput {
  issue: Issue;
  /** The text the document was read from. */
  source: string;
  document: KrHygieneDocument;
  findings: readonly Finding[];
  /** Rules that could not be judged this time. */
  skipped?: readonly Pick<SkippedRule, 'rule'>[];
  /** Ids of the rules that were judged and nudge; a point of any other is forgotten, not called mended. Left out: all. */
  judged?: readonly string[];
  /** Null: not read, which is allowed only where `needsNotes` says false. */
  notes: readonly Note[] | null;
  /** Null: not known, so none of the notes counts as ours. */
  botUserId: number | null;
  /** User names of the project's members in lower case. */
  members?: ReadonlySet<string>;
  settings: { comment: CommentPolicy; labels: LabelPolicy };
  template: TemplateFacts;
  /** ISO 8601 instant */
  now: string;
  /** True: that the issue is closed is what the findings are about. */
  evenClosed?: boolean;
}

export interface IssuePlan {
  /** In the order in which they must be done; a later one only when the earlier ones were. Empty: all is well. */
  actions: Action[];
  /** Our comment as it will stand, or stands; null when there is none, or it was not looked at. */
  comment: string | null;
  /** Why less is planned than there may be to say: all of it left, or only the comment; else null. */
  reason: string | null;
}

/**
 * An issue that was changed more recently than this has its comments read, whatever its labels say. A week, so that all
 * comments of this calendar week are known that people were told by.
 */
const SETTLED_DAYS = 7;

/**
 * Whether the plan must know the comments of an issue. Not, when there are none; and not, when the issue is in
 * order and our labels say that the comment was brought to its end (`ok` is set last, and taken off first).
 * @param now ISO 8601 instant; when given, an issue changed in the last days is read all the same, so that labels
 *   set by hand or by a run that was cut short mislead nobody for long
 */
export function needsNotes(
  issue: Issue,
  findings: readonly Finding[],
  labels: LabelPolicy,
  now?: string,
): boolean {
  if (issue.userNotesCount === 0 || untouchable(issue) !== null) return false;
  if (nudging(findings).length > 0) return true;
  const settled = carries(issue, labels.ok) && !carries(issue, labels.needsAttention);
  if (!settled || now === undefined) return !settled;
  return Date.parse(now) - Date.parse(issue.updatedAt) < SETTLED_DAYS * 86_400_000;
}

/** Whether our comment, as it was last written, has a point of one of these rules. */
export function nudgeSpeaksOf(
  rules: readonly string[],
  notes: readonly Note[],
  botUserId: number | null,
): boolean {
  const [nudge] = nudgesIn(notes, botUserId);
  const points = nudge === undefined ? [] : (decodeMarker(nudge.body)?.points ?? []);
  return points.some(([rule]) => rules.includes(rule));
}

/**
 * What is to be done on one issue so that its comment and labels are right. Pure, and settled after one round:
 * planned again after its actions were performed, it yields none.
 */
export function planIssue(input: PlanInput): IssuePlan {
  const { issue, settings } = input;
  const open = nudging(input.findings);
  const [nudge = null, ...younger] = nudgesIn(input.notes ?? [], input.botUserId);
  const left = untouchable(issue, input.evenClosed);
  const standing = nudge?.body ?? null;
  if (left !== null) return { actions: [], comment: standing, reason: left };
  const detail = 'remove a duplicate of our comment';
  const duplicates = younger.map(({ id }): Action => ({ type: 'delete-note', noteId: id, detail }));
  const before = nudge === null ? null : decodeMarker(nudge.body);
  const reason = undecided(input, open, before);
  if (reason !== null)
    return { actions: issue.discussionLocked ? [] : duplicates, comment: standing, reason };
  const labels = labelState(issue, settings.labels, open.length > 0);
  const comment = nudge === null && open.length === 0 ? null : commentFor(input, open, before);
  const notes = [...duplicates, ...noteAction(nudge, comment, open)];
  if (issue.discussionLocked && notes.length > 0)
    return { actions: labelAction(labels), comment: standing, reason: lockedReason(open) };
  return { actions: inOrder(notes, labels, open), comment, reason };
}

/**
 * A lock is a wish for silence: though members may write there all the same (FACTS §12), we do not. It says nothing
 * about labels, which stay right. Once it is lifted, which counts as a change, the comment follows.
 */
function lockedReason(open: readonly Finding[]): string {
  const count = open.length === 0 ? 'nothing left to do' : countOf(open);
  return `the discussion is locked, so we do not write there (${count})`;
}

/** Why this reading of the issue must not change what was said before; null when it may. */
function undecided(input: PlanInput, open: readonly Finding[], before: NudgeState | null): string | null {
  const { unread } = input.document;
  if (unread !== null && open.length === 0) return `the text was not read: ${unread.reason}`;
  const skipped = new Set(input.skipped?.map(({ rule }) => rule));
  const rule = before?.points.find(([name]) => skipped.has(name))?.[0];
  return rule === undefined ? null : `${rule} could not be judged this time; our comment stays as it is`;
}

/** Why the bot leaves an issue alone; null when it does not. */
function untouchable(issue: Issue, evenClosed = false): string | null {
  if (issue.movedToId !== null) return 'the issue was moved elsewhere';
  if (issue.state === 'closed' && !evenClosed) return 'the issue is closed';
  return null;
}

/**
 * `ok` on an issue must mean that the comment has reached its end, also when a run is cut short anywhere: it is
 * taken off before a comment with open points is written, and set after everything else.
 */
function inOrder(notes: Action[], labels: ReturnType<typeof labelState>, open: readonly Finding[]): Action[] {
  if (open.length === 0 || notes.length === 0 || labels.remove === null)
    return [...notes, ...labelAction(labels)];
  return [
    ...labelAction({ add: null, remove: labels.remove }),
    ...notes,
    ...labelAction({ add: labels.add, remove: null }),
  ];
}

function commentFor(input: PlanInput, open: readonly Finding[], before: NudgeState | null): string {
  const { issue, settings, members, botUserId } = input;
  const { greet: policy } = settings.comment;
  const since = before?.since ?? new Date(input.now).toISOString().slice(0, 10);
  if (open.length === 0) {
    return withMarker(renderThanks(), { since, greeted: before?.greeted ?? [], mentioned: [], points: [] });
  }
  const people = responsiblePeople(policy, issue, open, members, botUserId);
  const { text: greeting, greeted, mentioned } = greet(people, before);
  // A text that was not read may hold all points of before: nothing is known of them now.
  const known = input.document.unread === null ? (before?.points ?? []) : [];
  const earlier = known.filter(([rule]) => input.judged === undefined || input.judged.includes(rule));
  const { points, mended } = rememberPoints(open, earlier);
  const body = renderComment({
    ...input,
    addressed: people,
    greeting,
    findings: open,
    mended,
    policy: settings.comment,
  });
  return withMarker(body, { since, greeted, mentioned, points });
}

function withMarker(body: string, state: NudgeState): string {
  return storedForm(`${body}\n\n${encodeMarker(state)}`);
}

function noteAction(nudge: Note | null, comment: string | null, open: readonly Finding[]): Action[] {
  if (comment === null || (nudge !== null && storedForm(nudge.body) === comment)) return [];
  if (nudge === null)
    return [{ type: 'create-note', body: comment, detail: `write a comment (${countOf(open)})` }];
  const detail =
    open.length === 0 ? 'say that all is mended' : `bring our comment up to date (${countOf(open)})`;
  return [{ type: 'update-note', noteId: nudge.id, body: comment, detail }];
}

/** As the comment counts: what is needed is open, the rest recommended. */
function countOf(open: readonly Finding[]): string {
  const needed = open.filter(({ severity }) => severity === 'error').length;
  const advised = open.length - needed;
  const points = (count: number): string => (count === 1 ? 'one point' : `${count} points`);
  if (needed === 0) return `${points(advised)} recommended`;
  const more = advised === 0 ? '' : `, ${advised === 1 ? 'one' : advised} recommended`;
  return `${points(needed)} open${more}`;
}
