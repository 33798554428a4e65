import { applyActions, plannedOutcomes } from '../../apply/apply-actions.ts';
import type { Assessment } from '../../assess/assess.ts';
import { krKeys } from '../../assess/keys.ts';
import type { Action, Outcome } from '../../model/action.ts';
import { dayAt } from '../../model/calendar.ts';
import { mainKind } from '../../model/document.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Issue, User } from '../../model/issue.ts';
import type { PolicySettings } from '../../model/policy.ts';
import { type ReminderFacts, withKeys } from '../../model/reminder.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import type { KrKeys, OtherSubjects } from '../../model/rule.ts';
import { withOthers } from '../../plan/comment/others.ts';
import type { Others } from '../../plan/marker.ts';
import { decodeMarker } from '../../plan/marker.ts';
import type { IssuePlan } from '../../plan/plan-issue.ts';
import { withSince } from '../../plan/reminded.ts';
import { reminderFacts } from '../../plan/reminder-facts.ts';
import { carriesOurs } from '../../scan/left.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import { allButFirstNudge } from './first-nudge.ts';
import { hasLeft, leftReport } from './left.ts';
import { ownershipIn } from './note-owner.ts';
import type { RunOptions } from './options.ts';
import { inputFor, planScanned } from './plan-scanned.ts';
import { createSubjectReader, type ReadSubject } from './read-subject.ts';
import { remember } from './remember.ts';
import { type Looked, lookAt, type RemindedRef } from './remind-issue.ts';
import { failedSubject, subjectReport } from './subject-report.ts';
import { toldBefore } from './told.ts';
import { traceWrites } from './trace-writes.ts';
import { planTried } from './tried-corrections.ts';
import { unreadFacts } from './unread-facts.ts';

/** Works on one issue after the other (several at a time), each from its description to its outcomes. */
export interface IssueProcessor {
  /**
   * Never rejects: what goes wrong with an issue stays with it. After a fatal error nothing is begun any more, and
   * what waits is reported as not done.
   * @param remember is told the keys of the KR where set rules want them
   * @returns null for a closed KR of a quarter that is of no interest any more
   */
  process(scanned: ScannedIssue, remember: (keys: KrKeys) => void): Promise<SubjectReport | null>;
  /**
   * The same once more, first comment included, on the issue as it is now: it is read again.
   * @param others KRs that the comment names besides
   * @throws GatewayError when it cannot be read
   */
  again(subject: SubjectReport, others: Others): Promise<SubjectReport>;
  /**
   * A subject as it is now, in the last second before someone is reminded of it; null: it is not to be looked after any
   * more.
   * @throws GatewayError when it cannot be read
   */
  look(subject: RemindedRef): Promise<Looked | null>;
  /** The first error after which no request can succeed. */
  fatal(): GatewayError | null;
  /** Sentences for the report. */
  warnings(): string[];
}

/** @param now ISO 8601 instant, the same for the whole run */
export function createIssueProcessor(
  options: RunOptions,
  now: string,
  fail: (failure: SourceFailure) => void,
): IssueProcessor {
  const subjects = createSubjectReader(options, now, fail);
  let fatal: GatewayError | null = null;
  const notice = (error: unknown): void => {
    if (error instanceof GatewayError && error.fatal) fatal ??= error;
  };
  /** What is left of an issue that is not looked after any more; null: nothing, or it is another policy's. */
  const leave = async (scanned: ScannedIssue): Promise<SubjectReport | null> => {
    const found = await subjects.read(scanned);
    if (found.past instanceof GatewayError) throw found.past;
    const { bot, activity } = found.past;
    const { bot: owner } = await ownershipIn(
      scanned.issue.projectId,
      { reader: options.reader, user: bot },
      options.policy.settings,
      activity.comments,
    );
    if (!hasLeft(scanned, activity, owner, options.policy.settings)) return null;
    const report = await planAndApply(options, scanned, found, { now, notice, firstNudge: 'later' });
    return leftReport(report, scanned);
  };
  return {
    async process(scanned, remember) {
      if (fatal !== null) return failedSubject(scanned, fatal, null);
      let assessment: Assessment | null = null;
      try {
        if (scanned.historical && !(await subjects.isOfInterest(scanned.issue))) {
          // Whatever quarter it is of: what we set on it is cleared.
          if (!carriesOurs(scanned.issue, { ...options.policy.settings.labels, ok: null })) return null;
          return await leave({ ...scanned, historical: false, left: 'closed' });
        }
        if (scanned.left !== undefined) return await leave(scanned);
        const found = await subjects.read(scanned);
        ({ assessment } = found);
        if (options.policy.setRules.length > 0)
          remember(krKeys(assessment.document, assessment.context.issue, scanned.issue.ref));
        return await planAndApply(options, scanned, found, { now, notice, firstNudge: 'later' });
      } catch (error) {
        notice(error);
        const when = { now, dayOf: dayOf(options, now) };
        const facts = unreadFacts(scanned.issue, assessment?.document ?? null, when);
        const reminder = passedOn(facts, scanned.issue, options);
        return { ...failedSubject(scanned, error, assessment), reminder };
      }
    },
    async again(subject, others) {
      try {
        const scanned = await scannedAgain(options, subject);
        const selection = selectionOf(options, scanned);
        if (selection?.unselected(scanned.issue, now) !== null)
          return { ...subject, actions: [], comment: null };
        return await planAndApply(options, scanned, await subjects.read(scanned, true), {
          now,
          notice,
          firstNudge: 'now',
          others,
        });
      } catch (error) {
        notice(error);
        throw error;
      }
    },
    async look(subject) {
      try {
        const scanned = await scannedAgain(options, subject);
        if (selectionOf(options, scanned)?.unselected(scanned.issue, now) !== null) return null;
        return await lookAt(options, scanned, await subjects.read(scanned, true), { now, notice });
      } catch (error) {
        notice(error);
        throw error;
      }
    },
    fatal: () => fatal,
    warnings: () => subjects.warnings(),
  };
}

async function scannedAgain(
  { reader }: RunOptions,
  { projectId, iid, kind, status }: RemindedRef,
): Promise<ScannedIssue> {
  return {
    issue: await reader.issue(projectId ?? 0, iid ?? 0),
    kind: kind === 'okr' ? kind : mainKind,
    historical: status === 'closed',
  };
}

function selectionOf(
  { policy }: RunOptions,
  { kind, historical }: ScannedIssue,
): Pick<OtherSubjects, 'unselected'> | null {
  if (historical) return policy.closedKrs;
  return kind === 'okr' ? policy.okrs : policy;
}

interface Moment {
  now: string;
  notice: (error: unknown) => void;
  /** `later`: where first comments are bounded, one is left to the end of the run. */
  firstNudge: 'later' | 'now';
  others?: Others;
}

/** Plans and performs what is to be done on one issue; a dry run only plans. */
async function planAndApply(
  options: RunOptions,
  scanned: ScannedIssue,
  { assessment, past, recalled, checkIn }: ReadSubject,
  { now, notice, firstNudge, others }: Moment,
): Promise<SubjectReport> {
  if (past instanceof GatewayError) throw past;
  const { reader, settle, policy } = options;
  const { issue } = scanned;
  const trace = options.writer === null ? null : traceWrites(options.writer);
  const writer = trace?.writer ?? null;
  const notes = past.activity.comments;
  const ownership =
    past.bot === null && writer === null
      ? null
      : await ownershipIn(
          issue.projectId,
          { reader, user: past.bot ?? (await userOf(options)) },
          policy.settings,
          notes,
        );
  const { labelEvents } = past.activity;
  const told = await toldBefore(options, scanned, { assessment, past }, ownership);
  const asked = inputFor(options, scanned, assessment, {
    notes,
    labelEvents,
    ownership,
    now,
    checkIn,
    ...told,
  });
  const { input, plan: bare } = await planTried(asked, (given) => planScanned(given, scanned, assessment), {
    assessment,
    tools: options,
    now,
  });
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
  const actions =
    firstNudge === 'later' && boundsFirstNudges(options)
      ? await allButFirstNudge(plan.actions, perform)
      : await perform(plan.actions);
  await remember(
    options,
    { issue, document: assessment.document, activity: past.activity, recalled },
    trace,
    {
      failed: actions.some(({ outcome }) => outcome === 'failed'),
      notice,
    },
  );
  const reminder = reminderFacts({
    input,
    plan,
    timeline: assessment.timeline,
    dayOf: dayOf(options, now),
  });
  const { comment, reason: restraint } = plan;
  const findings = withSince(assessment.findings, decodeMarker(comment ?? '')?.reminded);
  return {
    ...subjectReport(scanned, { ...assessment, findings }, { actions, comment, restraint }),
    ...(plan.notReached ? { notReached: true as const } : {}),
    reminder: passedOn(reminder, issue, options),
  };
}

/** The day of an instant in the policy's time zone. */
const dayOf =
  ({ policy }: RunOptions, now: string) =>
  (instant: string): string =>
    dayAt(instant, policy.settings.calendar) ?? now.slice(0, 10);

/** The report of a shard names no one who has to do with a confidential issue. */
const passedOn = (
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
