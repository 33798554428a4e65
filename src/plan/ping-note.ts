import type { Action } from '../model/action.ts';
import type { Finding } from '../model/finding.ts';
import type { Issue, Note } from '../model/issue.ts';
import { storedForm } from '../model/nudge-note.ts';
import type { Phrases } from '../model/phrases.ts';
import { pingMarker } from '../model/ping-note.ts';
import type { LabelPolicy } from '../model/policy.ts';
import type { GivenPing } from '../model/reminder.ts';
import { code, linkToIssue, mention, prose } from '../text/markdown-escape.ts';
import { createVoice, type Voice } from './comment/voice.ts';
import { type LabelState, labelState, spelling } from './labels.ts';
import { aboutOf, decodeGiven, encodeGiven, type Reminded } from './reminded.ts';

/** So many points are spelled out; the rest is counted. */
const POINTS = 3;

export interface PingText {
  /** What is remembered of it; its people are mentioned. */
  given: GivenPing;
  /** The points it is about, in the order of the text. */
  points: readonly Pick<Finding, 'message'>[];
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
  /** Every fixed sentence, in the team's language; left out: English. */
  phrases?: Phrases | undefined;
}

/** The whole comment, marker included. Foreign text is escaped, and no line begins with it. */
export function pingBody(ping: PingText): string {
  const voice = createVoice(ping.phrases);
  const text =
    'nth' in ping.step ? reminder(ping, ping.step, voice) : callForHelp(ping, ping.step.asked, voice);
  return noteOf(text, ping.given, ping.policyId);
}

function noteOf(text: readonly string[], given: GivenPing, policyId: string | undefined): string {
  // Whatever a phrase of the team begins with: no line of ours is a quick action.
  const safe = text.join('\n\n').replace(/^\/(?=\S)/gm, ' /');
  return storedForm(`${safe}\n\n${pingMarker(given.on, encodeGiven(given), policyId)}`);
}

function reminder(ping: PingText, { nth, of }: { nth: number; of: number }, voice: Voice): string[] {
  const { points, noun, since, prefix } = ping;
  const comment = myComment(ping, voice);
  const command = code(`${prefix}: snooze 2w`);
  return [
    voice.say('ping-reminder', {
      people: mentions(ping.given.whom),
      points: voice.count('ping-open', points.length),
      noun,
      since,
    }),
    listOf(points, voice),
    ...ping.others.map(({ person, issues }) =>
      voice.say('ping-others', { person: code(person), issues: issueLinks(issues) }),
    ),
    nth >= of ? voice.say('ping-last', { comment }) : voice.say('ping-nth', { nth, of, comment, command }),
  ];
}

function callForHelp(ping: PingText, asked: readonly string[], voice: Voice): string[] {
  const { given, points, noun, since } = ping;
  const who = asked.map((name) => code(name)).join(', ');
  return [
    voice.say(who === '' ? 'ping-help' : 'ping-help-after', {
      people: mentions(given.whom),
      points: voice.count('ping-open', points.length),
      noun,
      since,
      who,
    }),
    listOf(points, voice),
    voice.say('ping-once', { comment: myComment(ping, voice) }),
  ];
}

function myComment({ nudgeUrl }: PingText, voice: Voice): string {
  const label = voice.say('ping-comment');
  return (nudgeUrl === null ? '' : linkToIssue(label, nudgeUrl)) || label;
}

/** Issues as links, `a, b, c`; the reference in code where there is no address. */
export function issueLinks(issues: readonly { ref: string; url: string }[]): string {
  return issues.map(({ ref, url }) => linkToIssue(prose(ref), url) || code(ref)).join(', ');
}

function mentions(names: readonly string[]): string {
  return names.map((name) => mention(name) ?? code(name)).join(', ');
}

function listOf(points: PingText['points'], voice: Voice): string {
  const shown = points.slice(0, POINTS).map(({ message }) => `- ${prose(message)}`);
  const rest = points.length - shown.length;
  return [...shown, ...(rest > 0 ? [`- ${voice.say('ping-more', { count: rest })}`] : [])].join('\n');
}

/**
 * What is to be done with the pings on an issue: the newest stays while something is open, the others go. A call for
 * help is taken back in words.
 */
export function pingActions(
  pings: readonly Note[],
  open: readonly Finding[],
  { policyId, voice }: { policyId: string | undefined; voice: Voice },
): Action[] {
  const newest = pings.at(-1);
  if (newest === undefined) return [];
  const remove = ({ id }: Note, detail: string): Action => ({ type: 'delete-note', noteId: id, detail });
  const older = pings.slice(0, -1).map((note) => remove(note, 'remove the reminder before this one'));
  if (open.length > 0) return older;
  const given = decodeGiven(newest.body);
  if (given?.escalation !== true)
    return [...older, remove(newest, 'remove the reminder: nothing is left to do')];
  const body = noteOf([voice.say('ping-settled')], given, policyId);
  if (storedForm(newest.body) === body) return older;
  return [...older, { type: 'update-note', noteId: newest.id, body, detail: 'take back the call for help' }];
}

/** Whether those above were asked about something that is still open. */
function isEscalated({ pings, told: days }: Reminded, open: readonly Finding[]): boolean {
  if (pings.length === 0) return false;
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
