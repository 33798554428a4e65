import { applyActions, plannedOutcomes } from '../../apply/apply-actions.ts';
import type { Past } from '../../assess/past.ts';
import type { Action, Outcome } from '../../model/action.ts';
import { dayAt } from '../../model/calendar.ts';
import { mainKind } from '../../model/document.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Issue, User } from '../../model/issue.ts';
import type { PolicySettings } from '../../model/policy.ts';
import { type ReminderFacts, withKeys } from '../../model/reminder.ts';
import { withOthers } from '../../plan/comment/others.ts';
import type { Others } from '../../plan/marker.ts';
import type { IssuePlan, PlanInput } from '../../plan/plan-issue.ts';
import { withSince } from '../../plan/reminded.ts';
import { reminderFacts } from '../../plan/reminder-facts.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import { allButFirstNudge, isUndecided, type UndecidedReport } from './first-nudge.ts';
import { type Ownership, ownershipIn } from './note-owner.ts';
import type { RunOptions } from './options.ts';
import { inputFor, planScanned } from './plan-scanned.ts';
import type { ReadSubject } from './read-subject.ts';
import { remember } from './remember.ts';
import { subjectReport } from './subject-report.ts';
import { toldBefore } from './told.ts';
import { traceWrites } from './trace-writes.ts';
import { planTried } from './tried-corrections.ts';

interface Moment {
  now: string;
  notice: (error: unknown) => void;
  /** `later`: where first comments are bounded, one is left to the end of the run. */
  firstNudge: 'later' | 'now';
  others?: Others;
}

/** Plans and performs what is to be done on one issue; a dry run only plans. */
export async function planAndApply(
  options: RunOptions,
  scanned: ScannedIssue,
  found: ReadSubject,
  { now, notice, firstNudge, others }: Moment,
): Promise<UndecidedReport> {
  const { assessment, recalled } = found;
  const past = pastOf(found);
  const { reader, settle, policy } = options;
  const { issue } = scanned;
  const trace = options.writer === null ? null : traceWrites(options.writer);
  const writer = trace?.writer ?? null;
  const isLater = firstNudge === 'later' && boundsFirstNudges(options);
  const isUnworded = isLater && canBeWordedLater(options, scanned, past);
  const { input, plan: bare, ownership } = await planFor(options, scanned, found, { now, isUnworded });
  const plan = others === undefined ? bare : naming(others, bare, { issue, settings: policy.settings });
  const perform = async (actions: readonly Action[]): Promise<Outcome[]> =>
    writer === null || ownership === null
      ? plannedOutcomes(actions)
      : applyActions(actions, {
          issue,
          reader,
          writer,
          owner: ownership.bot,
          edits: { reader, writer },
          onFatal: notice,
          ...(settle === undefined ? {} : { settle }),
        });
  const actions = isLater ? await allButFirstNudge(plan.actions, perform) : await perform(plan.actions);
  await remember(
    options,
    { issue, document: assessment.document, activity: past.activity, recalled },
    trace,
    {
      failed: actions.some(({ outcome }) => outcome === 'failed'),
      notice,
    },
  );
  const { timeline } = assessment;
  const reminder = reminderFacts({ input, plan, timeline, dayOf: dayOf(options, now) });
  const waits = isUnworded && actions.some(isUndecided);
  const comment = waits
    ? null
    : isUnworded
      ? (await planFor(options, scanned, found, { now })).plan.comment
      : plan.comment;
  const report: UndecidedReport = subjectReport(
    scanned,
    { ...assessment, findings: withSince(assessment.findings, plan.state?.reminded) },
    { actions, comment, restraint: plan.reason, reminder: passedOn(reminder, issue, options) },
  );
  if (plan.notReached) report.notReached = true;
  if (waits) report.unworded = issue;
  return report;
}

function pastOf({ past }: ReadSubject): Past {
  if (past instanceof GatewayError) throw past;
  return past;
}

/** What is to be done on one issue, and what that was planned from. @param isUnworded see `PlanInput` */
export async function planFor(
  options: RunOptions,
  scanned: ScannedIssue,
  found: ReadSubject,
  { now, isUnworded = false }: { now: string; isUnworded?: boolean },
): Promise<{ input: PlanInput; plan: IssuePlan; ownership: Ownership | null }> {
  const { reader, policy, writer } = options;
  const { assessment, checkIn } = found;
  const past = pastOf(found);
  const { comments: notes, labelEvents } = past.activity;
  const ownership =
    past.bot === null && writer === null
      ? null
      : await ownershipIn(
          scanned.issue.projectId,
          { reader, user: past.bot ?? (await userOf(options)) },
          policy.settings,
          notes,
        );
  const { told } = await toldBefore(options, scanned, { assessment, past }, ownership);
  const known = { notes, labelEvents, ownership, now, checkIn, told, isUnworded };
  const planned = await planTried(
    inputFor(options, scanned, assessment, known),
    (given) => planScanned(given, scanned, assessment),
    { assessment, tools: options, now },
  );
  return { ...planned, ownership };
}

/** So many first comments of a run may be worded later: their texts are read twice. */
const MOST_LATER = 200;

/**
 * Whether a first comment may be worded once it is known that it is written, as most of a large backlog wait: the text
 * is read again then, and of an issue that no one touched there is nothing else to be asked for. The report of a shard
 * carries its comments to the merge.
 */
function canBeWordedLater(
  { shard, policy }: RunOptions,
  { kind, historical, left }: ScannedIssue,
  { bot }: Past,
): boolean {
  const { perRun } = policy.settings.reminders.newComments;
  const isSubject = kind === mainKind && !historical && left === undefined;
  return shard == null && (perRun ?? Infinity) <= MOST_LATER && isSubject && bot === null;
}

/** The day of an instant in the policy's time zone. */
export const dayOf =
  ({ policy }: RunOptions, now: string) =>
  (instant: string): string =>
    dayAt(instant, policy.settings.calendar) ?? now.slice(0, 10);

/** The report of a shard names no one who has to do with a confidential issue. */
export const passedOn = (
  facts: ReminderFacts | null,
  { confidential }: Pick<Issue, 'confidential'>,
  { shard }: RunOptions,
): ReminderFacts | null => (shard != null && confidential ? withKeys(facts) : facts);

/** The user of our token, as far as an earlier run knows it; its id is what counts. */
async function userOf({ memory }: RunOptions): Promise<User | null> {
  return (await memory?.self())?.user ?? null;
}

/** The plan with a first comment that names other KRs of its people. */
function naming(
  others: Others,
  plan: IssuePlan,
  { issue, settings }: { issue: ScannedIssue['issue']; settings: PolicySettings },
): IssuePlan {
  const known = { issue, phrases: settings.comment.phrases, policyId: settings.id };
  const first = plan.actions.find(({ type }) => type === 'create-note');
  if (first?.type !== 'create-note') return plan;
  const body = withOthers(first.body, others, known);
  return {
    ...plan,
    actions: plan.actions.map((action) => (action === first ? { ...first, body } : action)),
    comment: body,
  };
}

/** Where nothing bounds first comments, each is written at once. */
function boundsFirstNudges({ policy, shard }: RunOptions): boolean {
  const { perRun, perPersonPerWeek } = policy.settings.reminders.newComments;
  return shard != null || perRun !== null || perPersonPerWeek !== null;
}
