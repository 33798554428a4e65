import type { Action } from '../model/action.ts';
import type { KrHygieneDocument } from '../model/document.ts';
import type { Finding, SkippedRule } from '../model/finding.ts';
import type { Issue, Note } from '../model/issue.ts';
import { defaultPolicyId, type NoteOwner, nudgesIn, storedForm, strippedNotes } from '../model/nudge-note.ts';
import { pingsIn } from '../model/ping-note.ts';
import type { CommentPolicy, LabelPolicy } from '../model/policy.ts';
import type { TemplateFacts } from '../model/reader.ts';
import type { Answer } from '../model/timeline.ts';
import { answersToShow, wantsHelp } from './comment/answers.ts';
import { onePerPlace } from './comment/blank.ts';
import { greet, responsiblePeople } from './comment/greeting.ts';
import { fixedPoints, type KnownRule, nudging, rememberPoints, ruleOfPoint } from './comment/points.ts';
import { renderComment, renderDone } from './comment/render.ts';
import { createVoice } from './comment/voice.ts';
import { changeLines, planFixes } from './fixes.ts';
import { carries, type LabelState, labelAction } from './labels.ts';
import { decodeMarker, encodeMarker, type NudgeState } from './marker.ts';
import { countOf, noteAction } from './note-action.ts';
import { labelsOf, pingActions } from './ping-note.ts';
import { type Reminded, remember } from './reminded.ts';

export interface PlanInput {
  issue: Issue;
  /** The text the document was read from. */
  source: string;
  document: KrHygieneDocument;
  findings: readonly Finding[];
  /** Rules that could not be evaluated this time. */
  skipped?: readonly Pick<SkippedRule, 'rule'>[];
  /** The rules that were evaluated and nudge; a point of any other is forgotten, not called fixed. Left out: all. */
  rules?: readonly KnownRule[];
  /** Null: not read, which is allowed only where `needsNotes` says false. */
  notes: readonly Note[] | null;
  /** Null: not known, so none of the notes counts as ours. Former bots are those whose notes we may edit. */
  bot: NoteOwner | null;
  /** User names of former bots whose notes this token may not edit. */
  lostBots?: readonly string[];
  /** User names of the project's members in lower case. */
  members?: ReadonlySet<string>;
  /** User names in lower case of accounts that are blocked or gone. */
  inactive?: ReadonlySet<string>;
  /** What people told the bot, oldest first. */
  answers?: readonly Answer[];
  /** Ids of the rules whose fix the bot may apply itself; left out: none. */
  fix?: readonly string[];
  /** The word before the colon of a command; left out: `kr`. */
  commandPrefix?: string;
  settings: { comment: CommentPolicy; labels: LabelPolicy };
  template: TemplateFacts;
  /** ISO 8601 instant */
  now: string;
  /** The day of it in the policy's time zone, `YYYY-MM-DD`; left out: in UTC. */
  today?: string;
  /** A weekly update filled in with what is known, where one is missing: offered to be copied. */
  draft?: string;
  /** True: that the issue is closed is what the findings are about. */
  evenClosed?: boolean;
}

export interface IssuePlan {
  /** In the order in which they must be done; a later one only when the earlier ones were. Empty: all is well. */
  actions: Action[];
  /** Our comment as it will be, or is; null when there is none, or it was not looked at. */
  comment: string | null;
  /** Why less is planned than there may be to say: all of it left, or only the comment; else null. */
  reason: string | null;
  /** Comments of former bots that stay since this token may not edit them. */
  leftBehind: number;
  /** Something is open and no one who could be told has an active account. */
  notReached: boolean;
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
 *   set by hand or by a run that was cut short mislead no one for long
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
  const open = nudgingAll.filter((finding) => !fixes.fixed.includes(finding));
  const people = addressed(input, open);
  const notReached = open.length > 0 && settings.comment.greet !== 'nobody' && people.length === 0;
  const rest = { leftBehind, notReached };
  const standing = nudge?.body ?? null;
  const left = untouchable(issue, input.evenClosed);
  if (left !== null) return { actions: [], comment: standing, reason: left, ...rest };
  const reason = undecided(input, open, before);
  if (reason !== null)
    return { actions: issue.discussionLocked ? [] : duplicates, comment: standing, reason, ...rest };
  const pings = pingsIn(input.notes ?? [], input.bot);
  const today = input.today ?? new Date(input.now).toISOString().slice(0, 10);
  const reminded = remember(before, { open, findings: input.findings }, pings, today);
  const labels = labelsOf(issue, settings.labels, open, reminded);
  if (unrecognised)
    return { actions: labelAction(labels.state), comment: null, reason: unrecognisedReason, ...rest };
  const silent =
    nudge === null && open.length === 0 && fixes.actions.length === 0 && !hasToAnswer(input.answers ?? []);
  const comment = silent
    ? null
    : commentFor(input, open, people, { before, changes: fixes.changes, reminded });
  const notes = [
    ...duplicates,
    ...noteAction(nudge, comment, open),
    ...pingActions(pings, open, input.bot?.policyId),
  ];
  if (issue.discussionLocked && notes.length > 0)
    return { actions: labelAction(labels.state), comment: standing, reason: lockedReason(open), ...rest };
  const actions = [
    ...fixes.actions,
    ...inOrder(notes, labels.state, open),
    ...labelAction(labels.escalation),
  ];
  return { actions, comment, reason, ...rest };
}

interface OurNotes {
  nudge: Note | null;
  duplicates: Action[];
  before: NudgeState | null;
  leftBehind: number;
  /** Our comments were edited beyond recognition more than once: no further one is written. */
  unrecognised: boolean;
}

const unrecognisedReason =
  'our comments were edited so that they cannot be recognised; delete them, and a new one is written';

/**
 * The one comment to keep, those to remove, and what is remembered. A comment of ours whose marker was taken out may be
 * anything now, so one more is written; after a second one none is. Comments of former bots that this token may not
 * edit stay, but what they remember counts: no one is greeted twice.
 */
function ourNotes({ notes, bot, lostBots = [] }: PlanInput): OurNotes {
  const found = notes ?? [];
  const [nudge = null, ...younger] = nudgesIn(found, bot);
  const lost = bot === null ? [] : nudgesIn(found, { ...bot, userId: -1, formerBots: lostBots });
  const detail = 'remove a duplicate of our comment';
  const source = nudge ?? lost[0] ?? null;
  return {
    nudge,
    duplicates: younger.map(({ id }): Action => ({ type: 'delete-note', noteId: id, detail })),
    before: source === null ? null : decodeMarker(source.body),
    leftBehind: lost.length,
    unrecognised: nudge === null && strippedNotes(found, bot).length > 1,
  };
}

/** Without a nudge there is something to say only to somebody who asked. */
function hasToAnswer(answers: readonly Answer[]): boolean {
  return wantsHelp(answers) || answersToShow(answers).length > 0;
}

/**
 * A lock is a wish for silence: though members may write there all the same (docs/gitlab.md §12), we do not. It says nothing
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
  const remembered = new Set(before?.points.map(ruleOfPoint));
  const rule = input.skipped?.find((each) => remembered.has(each.rule))?.rule;
  return rule === undefined ? null : `${rule} could not be evaluated this time; our comment stays as it is`;
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
  return responsiblePeople(settings.comment.greet, issue, open, {
    botUserId: bot?.userId ?? null,
    ...(members === undefined ? {} : { members }),
    ...(inactive === undefined ? {} : { inactive }),
  });
}

function commentFor(
  input: PlanInput,
  open: readonly Finding[],
  people: readonly string[],
  { before, changes, reminded }: { before: NudgeState | null; changes: string[]; reminded: Reminded },
): string {
  const { settings, findings, answers = [], commandPrefix = 'kr', rules } = input;
  const id = input.bot?.policyId ?? defaultPolicyId;
  const voice = createVoice(settings.comment.phrases);
  const since = before?.since ?? new Date(input.now).toISOString().slice(0, 10);
  const kept = { since, weeks: before?.weeks ?? [], changes, reminded };
  const shared = { voice, answers, commandPrefix, changes: changeLines(changes, voice) };
  if (open.length === 0) {
    const accepted = findings.some(({ waived, severity }) => waived !== undefined && severity !== 'info');
    const greeted = before?.greeted ?? [];
    return withMarker(
      renderDone({ ...shared, accepted }),
      { ...kept, greeted, mentioned: [], points: [] },
      id,
    );
  }
  const { names, greeted, mentioned } = greet(people, before);
  // A text that was not read may hold all points of before: nothing is known of them now.
  const known = input.document.unread === null ? (before?.points ?? []) : [];
  const { points, fixed } = rememberPoints(onePerPlace(open), known, rules);
  const body = renderComment({
    ...input,
    ...shared,
    addressed: people,
    greeting: voice.list(names),
    findings: open,
    fixed: fixedPoints(fixed, rules ?? [], input.document),
    policy: settings.comment,
  });
  return withMarker(body, { ...kept, greeted, mentioned, points }, id);
}

function withMarker(body: string, state: NudgeState, id: string): string {
  // Whatever a phrase of the team begins with: no line of ours is a quick action.
  const safe = body.replace(/^\/(?=\S)/gm, ' /');
  return storedForm(`${safe}\n\n${encodeMarker(state, id)}`);
}
