import type { Action } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue, Note } from '../model/issue.ts';
import { storedForm } from '../model/nudge-note.ts';
import { pingMarker } from '../model/ping-note.ts';
import type { LabelPolicy } from '../model/policy.ts';
import type { GivenPing } from '../model/reminder.ts';
import { code, linkToIssue, mention, prose } from '../text/markdown-escape.ts';
import { type LabelState, labelState, spelling } from './labels.ts';
import { aboutOf, decodeGiven, encodeGiven, type Reminded } from './reminded.ts';

/** So many points are spelled out; the rest is counted. */
const POINTS = 3;

export interface PingText {
  /** What is remembered of it; its people are mentioned. */
  given: GivenPing;
  /** The points it is about, in the order of the text. */
  points: readonly Finding[];
  /** What such an issue is called: `Key Result`. */
  noun: string;
  /** The day people were told of the oldest of the points. */
  since: string;
  /** Which reminder of how many; null: those above are asked, because these people did not react. */
  step: { nth: number; of: number } | { asked: readonly string[] };
  /** By person: other issues that the same person is reminded of here. */
  others: readonly { person: string; issues: readonly { ref: string; url: string }[] }[];
  /** The nudge. */
  nudgeUrl: string | null;
  /** The word before the colon of a command. */
  prefix: string;
  policyId: string | undefined;
}

/** The whole comment, marker included. Foreign text is escaped, and no line begins with it. */
export function pingBody(ping: PingText): string {
  const { given, policyId } = ping;
  const text = [...('nth' in ping.step ? reminder(ping, ping.step) : escalation(ping, ping.step.asked))];
  const marker = pingMarker(given.on, encodeGiven(given), policyId);
  return storedForm(`${text.join('\n\n')}\n\n${marker}`);
}

function reminder(ping: PingText, { nth, of }: { nth: number; of: number }): string[] {
  const { points, noun, since, prefix } = ping;
  const details = ` ${myComment(ping)} says how.`;
  return [
    `⏰ ${mentions(ping.given.whom)}: ${countOf(points.length)} in this ${noun} since ${since}.`,
    listOf(points),
    ...ping.others.map(
      ({ person, issues }) =>
        `Also waiting for ${code(person)}: ${issues.map(({ ref, url }) => linkToIssue(prose(ref), url) || code(ref)).join(', ')}.`,
    ),
    nth >= of
      ? `This is my last reminder.${details}`
      : `This is reminder ${nth} of ${of}.${details} Not now? Write ${code(`${prefix}: snooze 2w`)}, or react with 💤 (a week of rest) or 👀 (seen).`,
  ];
}

function escalation(ping: PingText, asked: readonly string[]): string[] {
  const { given, points, noun, since } = ping;
  const who = asked.map((name) => code(name)).join(', ');
  const details = ` ${myComment(ping)} says what is missing.`;
  return [
    `🙋 ${mentions(given.whom)}: ${countOf(points.length)} in this ${noun} since ${since}, and reminders${who === '' ? '' : ` to ${who}`} did not help. Can you?`,
    listOf(points),
    `I ask you once only.${details}`,
  ];
}

function myComment({ nudgeUrl }: PingText): string {
  return (nudgeUrl === null ? '' : linkToIssue('My comment', nudgeUrl)) || 'My comment';
}

function mentions(names: readonly string[]): string {
  return names.map((name) => mention(name) ?? code(name)).join(', ');
}

function countOf(count: number): string {
  return count === 1 ? 'one point is open' : `${count} points are open`;
}

function listOf(points: readonly Finding[]): string {
  const shown = points.slice(0, POINTS).map(({ message }) => `- ${prose(message)}`);
  const rest = points.length - shown.length;
  return [...shown, ...(rest > 0 ? [`- …and ${rest} more.`] : [])].join('\n');
}

/** What remains of a call for help once it is not needed any more. */
function settledBody(given: GivenPing, policyId: string | undefined): string {
  const text = '✅ Settled: what I asked for help with is done. Nothing is asked of you any more, thank you.';
  return storedForm(`${text}\n\n${pingMarker(given.on, encodeGiven(given), policyId)}`);
}

/**
 * What is to be done with the pings on an issue: the newest stays while something is open, the others go. A call for
 * help is taken back in words.
 */
export function pingActions(
  pings: readonly Note[],
  open: readonly Finding[],
  policyId: string | undefined,
): Action[] {
  const newest = pings.at(-1);
  if (newest === undefined) return [];
  const remove = ({ id }: Note, detail: string): Action => ({ type: 'delete-note', noteId: id, detail });
  const older = pings.slice(0, -1).map((note) => remove(note, 'remove the reminder before this one'));
  if (open.length > 0) return older;
  const given = decodeGiven(newest.body);
  if (given?.escalation !== true)
    return [...older, remove(newest, 'remove the reminder: nothing is left to do')];
  const body = settledBody(given, policyId);
  if (storedForm(newest.body) === body) return older;
  return [...older, { type: 'update-note', noteId: newest.id, body, detail: 'take back the call for help' }];
}

/** Whether those above were asked about something that is still open. */
function isEscalated({ pings, told: days }: Reminded, open: readonly Finding[]): boolean {
  const told = new Map(days);
  return pings.some(
    ({ escalation: asked, on }) =>
      asked === true && open.some((finding) => (told.get(aboutOf(finding)) ?? on) < on),
  );
}

/** The labels of an issue; where paid tiers keep one of a scope, `escalated` stands for `needs-attention` as well. */
export function labelsOf(
  issue: Issue,
  policy: LabelPolicy,
  open: readonly Finding[],
  reminded: Reminded,
): { state: LabelState; escalation: LabelState } {
  const asked = isEscalated(reminded, open);
  const state = labelState(issue, policy, open.length > 0);
  const isImplied = asked && shareScope(policy.escalated, policy.needsAttention);
  return {
    state: isImplied ? { ...state, add: null } : state,
    escalation: escalationLabel(issue, policy, asked),
  };
}

/** The label that says that those above were asked. */
function escalationLabel(issue: Issue, { escalated }: LabelPolicy, isAsked: boolean): LabelState {
  if (escalated == null) return { add: null, remove: null };
  const carried = spelling(issue, escalated);
  return isAsked
    ? { add: carried === null ? escalated : null, remove: null }
    : { add: null, remove: carried };
}

/** Whether two labels exclude each other on paid tiers: `scope::one` and `scope::other`. */
function shareScope(one: string | null | undefined, other: string | null | undefined): boolean {
  const scope = (label: string | null | undefined): string | null =>
    label == null || !label.includes('::') ? null : label.slice(0, label.lastIndexOf('::')).toLowerCase();
  return scope(one) !== null && scope(one) === scope(other);
}
