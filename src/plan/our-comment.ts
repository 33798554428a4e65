import type { Finding } from '../model/finding.ts';
import { defaultPolicyId, storedForm } from '../model/nudge-note.ts';
import { type RememberedWeek, weeksToRemember } from '../model/remembered-weeks.ts';
import type { Correction } from './comment/corrections.ts';
import { type Greeting, greet } from './comment/greeting.ts';
import { othersLine } from './comment/others.ts';
import { fixedPoints, rememberPoints } from './comment/points.ts';
import { renderComment, renderDone } from './comment/render.ts';
import { createVoice } from './comment/voice.ts';
import { changeLines } from './fixes.ts';
import { encodeMarker, type NudgeState } from './marker.ts';
import type { PlanInput } from './plan-input.ts';
import { type Reminded, unlessEmpty } from './reminded.ts';

/** What is known when the comment is written. */
interface Known {
  /** Null: there was no comment yet. */
  before: NudgeState | null;
  /** What the bot changes on the issue itself, or did. */
  changes: string[];
  reminded: Reminded;
}

export interface OurComment {
  /** '' where its text is not asked for. */
  comment: string;
  /** What it remembers. */
  state: NudgeState;
  corrections: readonly Correction[];
}

/**
 * Our comment as it is to be, and what it remembers.
 * @param people those whom it greets, by user name
 */
export function commentFor(
  input: PlanInput,
  open: readonly Finding[],
  people: readonly string[],
  { before, changes, reminded }: Known,
): OurComment {
  const isAllDone = open.length === 0;
  const greeting = isAllDone ? noOne(before) : greet(people, before);
  const { points, fixed } = isAllDone ? { points: [], fixed: [] } : pointsOf(input, open, before);
  const state: NudgeState = {
    since: before?.since ?? new Date(input.now).toISOString().slice(0, 10),
    greeted: greeting.greeted,
    mentioned: greeting.mentioned,
    points,
    weeks: weeksOf(input, before),
    changes: unlessEmpty(changes),
    others: !isAllDone && points.join() === before?.points.join() ? before.others : undefined,
    reminded,
  };
  if (input.isUnworded === true) return { comment: '', state, corrections: [] };
  const { text, corrections } = isAllDone
    ? { text: doneText(input, state), corrections: [] }
    : openText(input, open, { people, greeting, fixed, state });
  return { comment: withMarker(text, state, input.bot?.policyId ?? defaultPolicyId), state, corrections };
}

/** Once nothing is left to do no one is greeted any more. */
const noOne = (before: NudgeState | null): Greeting => ({
  names: [],
  greeted: before?.greeted ?? [],
  mentioned: [],
});

function pointsOf(
  { document, findings, evaluated }: PlanInput,
  open: readonly Finding[],
  before: NudgeState | null,
): { points: string[]; fixed: string[] } {
  // A text that was not read may hold all points of before: nothing is known of them now.
  const known = document.unread === null ? (before?.points ?? []) : [];
  const unsaid = findings.filter((finding) => finding.severity !== 'info' && !open.includes(finding));
  return rememberPoints(open, known, unsaid, evaluated);
}

function openText(
  input: PlanInput,
  findings: readonly Finding[],
  {
    people: addressed,
    greeting,
    fixed,
    state,
  }: { people: readonly string[]; greeting: Greeting; fixed: readonly string[]; state: NudgeState },
): { text: string; corrections: readonly Correction[] } {
  const { document, source, template, draft, correctable, issue, rules = [] } = input;
  const { answers = [], commandPrefix = 'kr', settings } = input;
  const voice = createVoice(settings.comment.phrases);
  const { text, corrections } = renderComment({
    voice,
    answers,
    commandPrefix,
    changes: changeLines(state.changes ?? [], voice),
    document,
    source,
    template,
    draft,
    correctable,
    addressed,
    greeting: voice.list(greeting.names),
    findings,
    fixed: fixedPoints(fixed, rules, document),
    policy: settings.comment,
  });
  return { text: [text, ...othersLine(state.others, issue, voice)].join('\n\n'), corrections };
}

function doneText(
  { findings, answers = [], commandPrefix = 'kr', settings }: PlanInput,
  { greeted, changes = [], reminded }: NudgeState,
): string {
  const voice = createVoice(settings.comment.phrases);
  return renderDone({
    voice,
    answers,
    commandPrefix,
    changes: changeLines(changes, voice),
    accepted: findings.some(({ waived, severity }) => waived !== undefined && severity !== 'info'),
    unasked: greeted.length === 0 && (reminded?.fixed ?? []).length === 0,
  });
}

function weeksOf(
  { updates, today, timeZone = 'UTC', now }: PlanInput,
  before: NudgeState | null,
): RememberedWeek[] {
  const known = before?.weeks ?? [];
  if (updates === undefined) return known;
  return weeksToRemember(known, updates, {
    today: today ?? new Date(now).toISOString().slice(0, 10),
    timeZone,
  });
}

function withMarker(body: string, state: NudgeState, id: string): string {
  // Whatever a phrase of the team begins with: no line of ours is a quick action.
  const safe = body.replace(/^\/(?=\S)/gm, ' /');
  return storedForm(`${safe}\n\n${encodeMarker(state, id)}`);
}
