import { applyActions, plannedOutcomes } from '../../apply/apply-actions.ts';
import type { Assessment } from '../../assess/assess.ts';
import type { Past } from '../../assess/past.ts';
import type { Action, Outcome } from '../../model/action.ts';
import type { Reaction } from '../../model/activity.ts';
import { dayAt } from '../../model/calendar.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Note } from '../../model/issue.ts';
import { nudgesIn } from '../../model/nudge-note.ts';
import { pingsIn } from '../../model/ping-note.ts';
import { type GivenPing, personKey, type ReminderFacts } from '../../model/reminder.ts';
import type { SubjectReport } from '../../model/report.ts';
import { beyondBlank, blankness } from '../../plan/comment/blank.ts';
import { named } from '../../plan/comment/points.ts';
import { createVoice } from '../../plan/comment/voice.ts';
import { decodeMarker } from '../../plan/marker.ts';
import { pingBody } from '../../plan/ping-note.ts';
import type { IssuePlan, PlanInput } from '../../plan/plan-issue.ts';
import { aboutOf } from '../../plan/reminded.ts';
import { actorsOn, reminderFacts } from '../../plan/reminder-facts.ts';
import type { Step } from '../../remind/ladder.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import { reactionAnswers } from '../../timeline/answers.ts';
import { asIfDone } from './as-if-done.ts';
import { ownershipIn } from './note-owner.ts';
import type { RunOptions } from './options.ts';
import { inputFor, planScanned } from './plan-scanned.ts';
import type { ReadSubject } from './read-subject.ts';
import { toldBefore } from './told.ts';
import { planTried } from './tried-corrections.ts';

/** Which subject is meant. */
export type RemindedRef = Pick<SubjectReport, 'projectId' | 'iid' | 'kind' | 'status'>;

/** A ping as it is to be written. */
export interface PingOrder {
  /** What is remembered of it. */
  given: GivenPing;
  /** Null: those above are asked. */
  step: Step | null;
  others: { person: string; issues: { ref: string; url: string }[] }[];
}

/** A subject that was read again just now. */
export interface Looked {
  facts: ReminderFacts | null;
  /** Posts the ping; a dry run shows what would come of it. */
  post(order: PingOrder): Promise<Outcome[]>;
}

interface Moment {
  now: string;
  notice: (error: unknown) => void;
}

/** What is known of a subject now, reactions included. */
export async function lookAt(
  options: RunOptions,
  scanned: ScannedIssue,
  { assessment, past, checkIn }: ReadSubject,
  moment: Moment,
): Promise<Looked> {
  if (past instanceof GatewayError) throw past;
  const { policy, reader } = options;
  const { calendar } = policy.settings;
  const { issue } = scanned;
  const notes = past.activity.comments;
  const ownership = await ownershipIn(issue.projectId, { reader, user: past.bot }, policy.settings, notes);
  const { labelEvents } = past.activity;
  const told = await toldBefore(options, scanned, { assessment, past }, ownership);
  const known = { notes, labelEvents, ownership, now: moment.now, checkIn, ...told };
  const { input, plan } = await planTried(
    inputFor(options, scanned, assessment, known),
    (given) => planScanned(given, scanned, assessment),
    { assessment, tools: options, now: moment.now },
  );
  const dayOf = (instant: string): string => dayAt(instant, calendar) ?? moment.now.slice(0, 10);
  const facts = reminderFacts({ input, plan, timeline: assessment.timeline, dayOf });
  const heard = facts === null ? null : await withReactions(options, input, facts, dayOf(moment.now));
  return {
    facts: heard,
    post: (order) => post(options, scanned, { assessment, past, input, plan }, { ...moment, order }),
  };
}

/** Reactions of those who are asked, to our comments on the issue. */
async function withReactions(
  { reader, policy }: RunOptions,
  { issue, notes, bot }: PlanInput,
  facts: ReminderFacts,
  today: string,
): Promise<ReminderFacts> {
  const asked = new Set(facts.open.flatMap(({ people }) => people.map(personKey)));
  const timeZone = policy.settings.calendar.timeZone ?? 'UTC';
  let { snoozedUntil, seenOn } = facts;
  for (const { id } of [...nudgesIn(notes ?? [], bot).slice(0, 1), ...pingsIn(notes ?? [], bot).slice(-1)]) {
    const reactions: Reaction[] = await reader.reactions(issue.projectId, issue.iid, id);
    const mayAnswer = ({ username }: Reaction['user']): boolean => asked.has(personKey(username));
    for (const { command, until, at } of reactionAnswers(reactions, id, { mayAnswer, timeZone, today })) {
      const day = dayAt(at, { timeZone }) ?? today;
      if (command === 'snooze' && until !== null && (snoozedUntil === null || until > snoozedUntil))
        snoozedUntil = until;
      if (command === 'seen' && (seenOn === null || day > seenOn)) seenOn = day;
    }
  }
  return { ...facts, snoozedUntil, seenOn };
}

interface Read {
  assessment: Assessment;
  past: Past;
  input: PlanInput;
  /** What was planned for the issue as it was read; in a dry run, as if it were done by now. */
  plan: IssuePlan;
}

/** The ping, and what it changes in our comment: who was reminded is remembered there, and the ping before it goes. */
async function post(
  options: RunOptions,
  scanned: ScannedIssue,
  { assessment, past, input, plan }: Read,
  { order, now, notice }: Moment & { order: PingOrder },
): Promise<Outcome[]> {
  const { reader, writer, settle } = options;
  const { issue } = scanned;
  const body = bodyOf(options, scanned, input, order);
  const detail = order.step === null ? 'ask those above for help' : 'remind those who can act';
  const action: Action = { type: 'create-ping', on: order.given.on, body, detail };
  if (writer === null || input.bot === null) return plannedOutcomes([action, ...afterwards([], body)]);
  const context = {
    issue,
    reader,
    writer,
    owner: input.bot,
    onFatal: notice,
    ...(settle === undefined ? {} : { settle }),
  };
  const done = await applyActions([action], context);
  if (done.some(({ outcome }) => outcome === 'failed')) return done;
  const notes = await reader.notes(issue.projectId, issue.iid);
  return [...done, ...(await applyActions(afterwards(notes), context))];

  /** @param written in a dry run, what would have been written */
  function afterwards(notes: readonly Note[], written?: string): Action[] {
    const then = written === undefined ? { issue, notes } : asIfDone(input, plan.actions);
    const all = written === undefined ? notes : [...then.notes, asIfWritten(past, written, now)];
    return planScanned({ ...input, issue: then.issue, notes: all }, scanned, assessment).actions;
  }
}

function asIfWritten({ bot, activity }: Past, body: string, now: string): Note {
  const author = bot ?? { id: -1, username: '', name: '' };
  const id = Math.max(0, ...activity.comments.map((note) => note.id)) + 1;
  return { id, body, author, createdAt: now, updatedAt: now, system: false, internal: false };
}

function bodyOf(
  { policy, documents }: RunOptions,
  { issue, kind }: ScannedIssue,
  input: PlanInput,
  { given, step, others }: PingOrder,
): string {
  const asked = new Set(given.whom.map(personKey));
  const open = named(input.findings);
  const concerned = (people: readonly string[]): boolean => people.some((name) => asked.has(personKey(name)));
  const whoCan = actorsOn(input);
  const points = step === null ? open : open.filter((finding) => concerned(whoCan(finding)));
  const people = [...new Set(open.flatMap(whoCan))];
  const [nudge] = nudgesIn(input.notes ?? [], input.bot);
  const told = new Map(decodeMarker(nudge?.body ?? '')?.reminded?.told);
  const about = points.length > 0 ? points : open;
  const blank = blankness(input.document, issue.description);
  return pingBody({
    given,
    // What a blank text lacks is one point, as it is in the comment.
    points:
      blank === null
        ? about
        : [
            { message: createVoice(policy.settings.comment.phrases).say(`ping-${blank}`) },
            ...beyondBlank(about, blank),
          ],
    noun: documents.template(kind).nouns.one,
    since:
      step?.since ??
      oldest(
        open.flatMap((finding) => told.get(aboutOf(finding)) ?? []),
        given.on,
      ),
    step: step === null ? { asked: people } : { nth: step.nth, of: step.of },
    others,
    nudgeUrl: nudge === undefined ? null : `${issue.url}#note_${nudge.id}`,
    prefix: policy.settings.comment.commandPrefix,
    policyId: input.bot?.policyId,
    phrases: policy.settings.comment.phrases,
  });
}

const oldest = (days: readonly string[], today: string): string =>
  days.reduce((first, day) => (day < first ? day : first), today);
